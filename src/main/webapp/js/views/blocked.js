// The blocked senders.

import { unblock } from "../actions.js";
import { get } from "../api.js";
import { button, el } from "../dom.js";
import { placeFilter, remember } from "../filters.js";
import * as live from "../event-stream.js";
import { pages } from "../paged-list.js";
import { empty, head, who } from "../components.js";
import { moment } from "../times.js";
import { attempt } from "../toasts.js";
import { foreign, named } from "../untrusted.js";

export const title = "Blocked";

/** Opens the view. */
export function open(place) {
  const filter = placeFilter(() => list.start(), place);
  const list = pages({
    label: "Blocked senders",
    load: async (cursor) => {
      const page = await get("blocked", { ...filter.values(), limit: 50, cursor });
      remember(page.blocked);
      return { items: page.blocked, next: page.next };
    },
    row: (one) => row(one, list.reload),
    empty: () =>
      empty(
        "blocked",
        "No blocked senders",
        "Blocked senders get no code and no reply until you unblock them here.",
      ),
  });
  const node = el(
    "div",
    {},
    head("Blocked", "Messages from these senders are dropped without a reply."),
    el("div.tools", {}, filter.node),
    list.node,
  );
  return { node, reload: list.reload, close: live.on("blocked", list.reload) };
}

function row(one, reload) {
  const act = async () => (await attempt(() => unblock(one, reload))) && reload();
  return el(
    "li.entry.sided",
    {},
    who(one),
    one.reason && foreign(one.reason, { tag: "p.remark", limit: 160 }),
    el("p.small.quiet", {}, "Blocked ", moment(one.blocked_at)),
    el(
      "div.row",
      {},
      button("Unblock", act, { kind: "plain", "aria-label": "Unblock " + named(one.sender_id, 80) }),
    ),
  );
}
