// Senders whose recent messages were dropped without a code, and the reasons.

import { admit, block } from "../actions.js";
import { get } from "../api.js";
import { button, el } from "../dom.js";
import { placeFilter, remember } from "../filters.js";
import { pages } from "../paged-list.js";
import { empty, head, tag, who } from "../components.js";
import { moment } from "../times.js";
import { attempt } from "../toasts.js";
import { foreign, named } from "../untrusted.js";
import { dropReason } from "../labels.js";

export const title = "Dropped";

/** Opens the view. */
export function open(place) {
  const filter = placeFilter(() => list.start(), place);
  const list = pages({
    label: "Dropped senders",
    load: async (cursor) => {
      const page = await get("dropped", { ...filter.values(), limit: 50, cursor });
      remember(page.dropped);
      return { items: page.dropped, next: page.next };
    },
    row,
    empty: () =>
      empty(
        "dropped",
        "No dropped messages",
        "People whose recent messages were dropped without a code appear here.",
      ),
  });
  const refresh = button("Refresh", list.reload);
  const node = el(
    "div",
    {},
    head(
      "Dropped",
      "Recent messages dropped without a code, kept in this server's memory only.",
      refresh,
    ),
    el("div.tools", {}, filter.node),
    list.node,
  );
  return { node, reload: list.reload };
}

function row(one) {
  const controls = el("div.row", {});
  const act = (action, outcome) => async () => {
    if (await attempt(() => action(one))) controls.replaceChildren(tag(outcome, "good", "yes"));
  };
  const of = named(one.sender_id, 80);
  controls.append(button("Admit", act(admit, "Admitted"), { kind: "plain", "aria-label": "Admit " + of }));
  if (one.reason !== "blocked")
    controls.append(
      button("Block", act(block, "Blocked"), { kind: "plain grave", "aria-label": "Block " + of }),
    );
  return el(
    "li.entry.sided",
    {},
    who(one),
    one.text && foreign(one.text, { tag: "p.remark", limit: 200 }),
    el("p.small", {}, dropReason(one.reason)),
    el(
      "p.small.quiet",
      {},
      one.count === 1 ? "1 message, " : one.count + " messages since ",
      one.count === 1 ? null : [moment(one.first_at), ", last "],
      moment(one.last_at),
    ),
    controls,
  );
}
