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
import { parts, t } from "../i18n.js";

export const title = t("blocked");

/** Opens the view. */
export function open(place) {
  const filter = placeFilter(() => list.start(), place);
  const list = pages({
    label: t("blocked_senders"),
    load: async (cursor) => {
      const page = await get("blocked", { ...filter.values(), limit: 50, cursor });
      remember(page.blocked);
      return { items: page.blocked, next: page.next };
    },
    row: (one) => row(one, list.reload),
    empty: () =>
      empty(
        "blocked",
        t("no_blocked_senders"),
        t("blocked_senders_get_no_code"),
      ),
  });
  const node = el(
    "div",
    {},
    head(t("blocked"), t("messages_from_these_senders_are")),
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
    el("p.small.quiet", {}, parts("blocked_at", { time: moment(one.blocked_at) })),
    el(
      "div.row",
      {},
      button(t("unblock"), act, { kind: "plain", "aria-label": t("unblock_sender", { sender: named(one.sender_id, 80) }) }),
    ),
  );
}
