// Untrusted strings: names, ids and messages of senders. They may contain any character and are shown as text only.

import { el, freshId } from "./dom.js";
import { t } from "./i18n.js";

/** Line breaks and tabs. They become spaces, so that words do not run together. */
const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;

/** Control, bidirectional and invisible characters, unpaired surrogates and tag characters. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** The string without characters that are invisible or that reorder or hide other characters. */
export function stripped(text) {
  return String(text).replace(BREAKS, " ").replace(HIDDEN, "");
}

/** A stripped and shortened string, to be used inside a sentence of the console. */
export function named(text, limit = 40) {
  return clipped(stripped(text).trim() || t("no_visible_characters"), limit);
}

function clipped(text, limit) {
  const letters = Array.from(text);
  return letters.length > limit ? letters.slice(0, limit).join("").trimEnd() + "…" : text;
}

/**
 * Shows an untrusted string in an element of that tag. If it is longer than `limit` characters, a button shows the
 * rest. The string's writing direction does not affect the page.
 */
export function foreign(text, { tag = "span", limit = 80 } = {}) {
  const whole = stripped(text).trim() || t("no_visible_characters");
  const short = clipped(whole, limit);
  const id = freshId("foreign");
  const shown = el("span.foreign", { dir: "auto", id }, short);
  if (short === whole) return [el(tag, {}, shown)];
  const toggle = el(
    "button.button.plain.toggle",
    { type: "button", "aria-expanded": "false", "aria-controls": id },
    t("show_all"),
  );
  toggle.addEventListener("click", () => {
    const open = toggle.getAttribute("aria-expanded") !== "true";
    toggle.setAttribute("aria-expanded", String(open));
    toggle.textContent = open ? t("show_less") : t("show_all");
    shown.textContent = open ? whole : short;
  });
  return [el(tag, {}, shown), toggle];
}
