// What the bar has no room for on a phone.

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { head } from "../components.js";

export const title = "More";

const ENTRIES = [
  ["blocked", "Blocked", "who hears nothing"],
  ["dropped", "Dropped", "who was turned away"],
  ["audit", "Audit", "who changed what"],
  ["explain", "Explain", "why somebody is let in"],
  ["health", "Health", "store, broker, doctor"],
];

/** Opens the view. */
export function open() {
  const entries = ENTRIES.map(([name, label, hint]) =>
    el(
      "li",
      {},
      el("a", { href: "#/" + name }, icon(name), el("span", {}, label), el("span.hint", {}, hint)),
    ),
  );
  const leave = el(
    "button",
    { type: "button", onclick: () => document.dispatchEvent(new Event("sign-out")) },
    icon("leave"),
    el("span", {}, "Sign out"),
  );
  return { node: el("div", {}, head("More"), el("ul.list.tight.menu", {}, entries, el("li", {}, leave))) };
}
