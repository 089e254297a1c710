// Who was turned away without a code, and why.

import { block, letIn } from "../actions.js";
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
        "Nobody was turned away",
        "Here stands who wrote lately and got neither in nor a code, for instance because too many others were waiting.",
      ),
  });
  const again = button("Look again", list.reload);
  const node = el(
    "div",
    {},
    head(
      "Dropped",
      "Who wrote lately and was turned away without a code. Kept in this server's memory, for a while.",
      again,
    ),
    el("div.tools", {}, filter.node),
    list.node,
  );
  return { node, reload: list.reload };
}

function row(one) {
  const controls = el("div.row", {});
  const act = (action, word) => async () => {
    if (await attempt(() => action(one))) controls.replaceChildren(tag(word, "good", "yes"));
  };
  const of = named(one.sender_id, 80);
  controls.append(button("Let in", act(letIn, "Let in"), { kind: "plain", "aria-label": "Let in " + of }));
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
      one.count === 1 ? "Once, " : one.count + " times since ",
      one.count === 1 ? null : [moment(one.first_at), ", last "],
      moment(one.last_at),
    ),
    controls,
  );
}
