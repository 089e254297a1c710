// The views that do not fit into the navigation bar of a phone.

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { head } from "../components.js";

export const title = "More";

const ENTRIES = [
  ["review", "Review", "senders not seen for long"],
  ["denied", "Denied", "senders you denied"],
  ["blocked", "Blocked", "senders you blocked"],
  ["dropped", "Dropped", "senders without a code"],
  ["activity", "Activity", "the last 24 hours"],
  ["audit", "Audit", "who changed what"],
  ["explain", "Explain", "why a sender is admitted"],
  ["notices", "Notifications", "how you are told of requests"],
  ["texts", "Texts", "what senders read"],
  ["health", "Health", "database, broker, doctor"],
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
