// Untrusted strings: names, ids and messages of senders. They may contain any character and are shown as text only.

import "./shared.js";
import { el, freshId } from "./dom.js";
import { t } from "./i18n.js";

/** The string without characters that are invisible or that reorder or hide other characters. */
export const { stripped } = self.nexoShared;

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
