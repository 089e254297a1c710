// What happened within the last 24 hours, by hour, and the totals of now.

import { get } from "../api.js";
import { chart } from "../chart.js";
import { faultNote, folded, head, note } from "../components.js";
import { button, el, fill } from "../dom.js";
import { link } from "../router.js";
import { hourOf } from "../times.js";
import { t } from "../i18n.js";

export const title = t("activity");

const TOTALS = [
  ["pending", t("pending")],
  ["denied", t("denied")],
  ["blocked", t("blocked")],
  ["dropped", t("dropped")],
];

const CHARTS = [
  ["strangers", t("strangers")],
  ["approved", t("approvals")],
  ["refused", t("denials_and_blocks")],
  ["dropped", t("dropped_senders")],
];

/** Opens the view. */
export function open() {
  const place = el("div", { "aria-busy": "true" }, el("p.quiet", {}, t("loading")));

  async function reload() {
    place.setAttribute("aria-busy", "true");
    try {
      fill(place, content(await get("activity")));
    } catch (error) {
      fill(place, error.status === 401 ? null : faultNote(error));
    } finally {
      place.setAttribute("aria-busy", "false");
    }
  }

  const refresh = button(t("refresh"), reload);
  const lead = t("strangers_and_decisions_of_the");
  return { node: el("div", {}, head(t("activity"), lead, refresh), place), reload };
}

function content(report) {
  const hours = report.hours.map((hour) => ({ ...hour, refused: hour.denied + hour.blocked, name: hourOf(hour.at) }));
  return [
    !report.complete && note("odd", el("p", {}, t("there_are_very_many_audit"))),
    el(
      "ul.totals",
      { "aria-label": t("now") },
      TOTALS.map(([name, label]) =>
        el("li", {}, el("a.card", { href: link(name) }, el("strong", {}, String(report[name])), el("span", {}, label))),
      ),
    ),
    el(
      "div.charts",
      {},
      CHARTS.map(([name, label]) => {
        const sum = hours.reduce((total, hour) => total + hour[name], 0);
        const bars = hours.map((hour) => ({ value: hour[name], name: hour.name }));
        return el("div.card", {}, chart(label, bars, t("sum_in_24_hours", { what: label, count: sum })), el("p.sum", {}, String(sum)));
      }),
    ),
    folded(t("show_as_a_table"), table(hours)),
  ];
}

function table(hours) {
  return el(
    "div.scroll",
    { tabindex: "0", role: "region", "aria-label": t("by_hour") },
    el(
      "table",
      {},
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("hour")), CHARTS.map(([, label]) => el("th", { scope: "col" }, label)))),
      el(
        "tbody",
        {},
        hours.toReversed().map((hour) =>
          el("tr", {}, el("th", { scope: "row" }, hour.name), CHARTS.map(([name]) => el("td", {}, String(hour[name])))),
        ),
      ),
    ),
  );
}
