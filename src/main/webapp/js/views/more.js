// The views that do not fit into the navigation bar of a phone.

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { head } from "../components.js";
import { languageField } from "../language-field.js";
import { t } from "../i18n.js";

export const title = t("more");

const ENTRIES = [
  ["review", t("review"), t("senders_not_seen_for_long")],
  ["denied", t("denied"), t("senders_you_denied")],
  ["blocked", t("blocked"), t("senders_you_blocked")],
  ["dropped", t("dropped"), t("senders_without_a_code")],
  ["activity", t("activity"), t("the_last_24_hours")],
  ["audit", t("audit"), t("who_changed_what")],
  ["explain", t("explain"), t("why_a_sender_is_admitted")],
  ["policies", t("policies"), t("who_needs_your_approval")],
  ["notices", t("notifications"), t("how_you_are_notified_of")],
  ["texts", t("texts"), t("what_senders_read")],
  ["health", t("health"), t("database_broker_doctor")],
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
    el("span", {}, t("sign_out")),
  );
  return {
    node: el("div", {}, head(t("more")), el("ul.list.tight.menu", {}, entries, el("li", {}, leave)), languageField()),
  };
}
