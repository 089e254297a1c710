// Senders whose messages were dropped without a code, and the reasons.

import { admit, block, decide, keyText } from "../actions.js";
import { get } from "../api.js";
import { button, el } from "../dom.js";
import { placeFilter, remember } from "../filters.js";
import { pages } from "../paged-list.js";
import { selection } from "../selection.js";
import { empty, head, tag, who } from "../components.js";
import { moment } from "../times.js";
import { attempt } from "../toasts.js";
import { foreign, named } from "../untrusted.js";
import { dropReason } from "../labels.js";

export const title = "Dropped";

/** The most senders that the server decides about at once. */
const MOST = 1000;

/** Opens the view. */
export function open(place) {
  const chosen = selection({
    id: keyText,
    run: decideSelected,
    labels: { approve: "Approve all", deny: "Deny all", block: "Block all" },
    counted: (count) => (count === 1 ? "1 sender selected" : count + " senders selected"),
    name: "Selected senders",
  });
  const filter = placeFilter(() => {
    chosen.clear();
    list.start();
  }, place);
  const list = pages({
    label: "Dropped senders",
    load: async (cursor) => {
      const page = await get("dropped", { ...filter.values(), limit: 50, cursor });
      remember(page.dropped);
      return { items: page.dropped, next: page.next };
    },
    row: (one) => row(one, chosen),
    empty: () =>
      empty(
        "dropped",
        "No dropped messages",
        "People whose messages were dropped without a code appear here.",
      ),
  });

  /** Decides about the selected senders. Returns those that stay selected, or null for all. */
  async function decideSelected(action, senders) {
    const now = senders.slice(0, MOST);
    if (!(await attempt(() => decide(action, now, list.reload)))) return null;
    await list.reload();
    return senders.slice(MOST);
  }

  const refresh = button("Refresh", list.reload);
  const node = el(
    "div",
    {},
    head(
      "Dropped",
      "Messages dropped without a code in the last 30 days, on all servers.",
      refresh,
    ),
    el("div.tools", {}, filter.node),
    list.node,
    chosen.node,
  );
  return { node, reload: list.reload };
}

function row(one, chosen) {
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
  controls.append(chosen.box(one));
  return el(
    "li.entry.sided",
    {},
    who(one),
    one.text && foreign(one.text, { tag: "p.remark", limit: 200 }),
    one.group_id && el("p.small", {}, "In the group ", foreign(one.group_id, { limit: 80 })),
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
