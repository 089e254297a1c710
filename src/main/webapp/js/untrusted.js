// What strangers wrote: names, ids, messages. It may hold anything that Unicode has, and is shown as text alone.

import { el, freshId } from "./dom.js";

/** White space that would break a line apart; what is beside it must not run together. */
const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;

/** Controls, bidi marks, embeddings and isolates, whatever is drawn as nothing, halves of surrogate pairs, tags. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** The text without what is not to be seen and turns or hides what is. */
export function stripped(text) {
  return String(text).replace(BREAKS, " ").replace(HIDDEN, "");
}

/** The same in one line, for sentences of ours, and never so long that it hides them. */
export function named(text, limit = 40) {
  return clipped(stripped(text).trim() || "(nothing that can be seen)", limit);
}

function clipped(text, limit) {
  const letters = Array.from(text);
  return letters.length > limit ? letters.slice(0, limit).join("").trimEnd() + "…" : text;
}

/**
 * Shows a stranger's text: an element of that tag, and beside it, where the text is longer than `limit` characters, a
 * button for the rest. The text's writing direction is its own affair.
 */
export function foreign(text, { tag = "span", limit = 80 } = {}) {
  const whole = stripped(text).trim() || "(nothing that can be seen)";
  const short = clipped(whole, limit);
  const id = freshId("foreign");
  const shown = el("span.foreign", { dir: "auto", id }, short);
  if (short === whole) return [el(tag, {}, shown)];
  const toggle = el(
    "button.button.plain.toggle",
    { type: "button", "aria-expanded": "false", "aria-controls": id },
    "Show all",
  );
  toggle.addEventListener("click", () => {
    const open = toggle.getAttribute("aria-expanded") !== "true";
    toggle.setAttribute("aria-expanded", String(open));
    toggle.textContent = open ? "Show less" : "Show all";
    shown.textContent = open ? whole : short;
  });
  return [el(tag, {}, shown), toggle];
}
