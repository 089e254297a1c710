// Senders whose messages were dropped without a code, and the reasons.

import { admit, block, decide, keyText } from "../actions.js";
import { get } from "../api.js";
import { button, el, fill } from "../dom.js";
import { placeFilter, remember } from "../filters.js";
import { pages } from "../paged-list.js";
import { check, empty, head, tag, who } from "../components.js";
import { moment } from "../times.js";
import { attempt } from "../toasts.js";
import { foreign, named } from "../untrusted.js";
import { dropReason } from "../labels.js";

export const title = "Dropped";

/** The most senders that the server decides about at once. */
const MOST = 1000;

/** Opens the view. */
export function open(place) {
  const selection = selected(() => list.reload());
  const filter = placeFilter(() => {
    selection.clear();
    list.start();
  }, place);
  const list = pages({
    label: "Dropped senders",
    load: async (cursor) => {
      const page = await get("dropped", { ...filter.values(), limit: 50, cursor });
      remember(page.dropped);
      return { items: page.dropped, next: page.next };
    },
    row: (one) => row(one, selection),
    empty: () =>
      empty(
        "dropped",
        "No dropped messages",
        "People whose messages were dropped without a code appear here.",
      ),
  });
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
    selection.node,
  );
  return { node, reload: list.reload };
}

/** The selected senders, and a bar with what can be done to all of them. */
function selected(reload) {
  const all = new Map();
  const node = el("div.selection", { role: "group", "aria-label": "Selected senders", hidden: true });
  const act = (action) => async () => {
    const senders = [...all.values()].slice(0, MOST).map((one) => one.sender);
    if (!(await attempt(() => decide(action, senders, reload)))) return;
    clear();
    await reload();
  };
  const count = el("p", { role: "status" });
  node.append(
    count,
    el(
      "div.row",
      {},
      button("Approve all", act("approve"), { kind: "main" }),
      button("Deny all", act("deny")),
      button("Block all", act("block"), { kind: "grave" }),
      button("Select none", () => clear(), { kind: "plain" }),
    ),
  );

  function show() {
    node.hidden = all.size === 0;
    fill(count, all.size === 1 ? "1 sender selected" : all.size + " senders selected");
  }

  function clear() {
    for (const { box } of all.values()) box.checked = false;
    all.clear();
    show();
  }

  /** A checkbox that selects the sender. One sender may have several rows, for several reasons. */
  function box(sender) {
    const id = keyText(sender);
    const made = check("Select", {
      "aria-label": "Select " + named(sender.sender_id, 80),
      onchange: () => {
        if (made.box.checked) all.set(id, { sender, box: made.box });
        else all.delete(id);
        show();
      },
    });
    if (all.has(id)) {
      made.box.checked = true;
      all.set(id, { sender, box: made.box });
    }
    return made.node;
  }

  return { node, box, clear };
}

function row(one, selection) {
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
  controls.append(selection.box(one));
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
