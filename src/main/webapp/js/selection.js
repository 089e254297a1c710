// Rows that the operator has selected, and a bar with what can be done to all of them.

import { check, field } from "./components.js";
import { button, el, fill } from "./dom.js";
import { named } from "./untrusted.js";
import { t } from "./i18n.js";

/** The longest reason that the server stores. */
const MOST_REASON = 500;

/**
 * Creates a selection.
 * @param {(item: object) => string} id identifies an item
 * @param {(action: string, items: object[], reason: string|undefined) => Promise<object[]|null>} run decides about the
 *   items, and returns those that stay selected; null keeps all
 * @param {{approve: string, deny: string, block: string}} labels of the buttons
 * @param {(count: number) => string} counted how many are selected, in words
 * @param {string} name the name of the bar, for screen readers
 * @param {boolean} reasons whether a reason can be given for a denial or block
 */
export function selection({ id, run, labels, counted, name, reasons = false }) {
  const all = new Map();
  const count = el("p", { role: "status" });
  const reason = el("input", { type: "text", name: "reason", maxlength: MOST_REASON, autocomplete: "off" });
  const act = (action) => async () => {
    const items = [...all.values()].map((one) => one.item);
    const given = action === "approve" ? undefined : reason.value.trim() || undefined;
    const rest = await run(action, items, given);
    if (!rest) return;
    keep((item) => rest.some((one) => id(one) === id(item)));
    if (!all.size) reason.value = "";
  };
  const node = el(
    "div.selection",
    { role: "group", "aria-label": name, hidden: true },
    count,
    reasons && field(t("reason_of_a_denial_or"), reason),
    el(
      "div.row",
      {},
      button(labels.approve, act("approve"), { kind: "main" }),
      button(labels.deny, act("deny")),
      button(labels.block, act("block"), { kind: "grave" }),
      button(t("select_none"), () => clear(), { kind: "plain" }),
    ),
  );

  function show() {
    node.hidden = all.size === 0;
    const text = all.size ? counted(all.size) : "";
    if (count.textContent !== text) fill(count, text);
  }

  function clear() {
    keep(() => false);
  }

  /** Ends the selection of all items except these, for instance because they are no longer shown. */
  function keep(isKept) {
    for (const [key, { item, box }] of [...all])
      if (!isKept(item)) {
        if (box) box.checked = false;
        all.delete(key);
      }
    show();
  }

  /** Selects items, also those whose rows are not shown yet. */
  function add(items) {
    for (const item of items) if (!all.has(id(item))) all.set(id(item), { item, box: boxes.get(id(item)) });
    for (const { box } of all.values()) if (box) box.checked = true;
    show();
  }

  const boxes = new Map();

  /** A checkbox that selects an item. One item may have several rows. */
  function box(item) {
    const key = id(item);
    const made = check(t("select"), {
      "aria-label": t("select_sender", { sender: named(item.sender_id, 80) }),
      onchange: () => {
        if (made.box.checked) all.set(key, { item, box: made.box });
        else all.delete(key);
        show();
      },
    });
    boxes.set(key, made.box);
    if (all.has(key)) {
      made.box.checked = true;
      all.set(key, { item, box: made.box });
    }
    return made.node;
  }

  /** Forgets the checkbox of a row that is removed. */
  function forget(key) {
    boxes.delete(key);
  }

  return { node, box, add, clear, keep, forget };
}
