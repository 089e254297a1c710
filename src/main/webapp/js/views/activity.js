// What happened within the last 24 hours, by hour, and the totals of now.

import { get } from "../api.js";
import { chart } from "../chart.js";
import { faultNote, folded, head, note } from "../components.js";
import { button, el, fill } from "../dom.js";
import { link } from "../router.js";
import { hourOf } from "../times.js";

export const title = "Activity";

const TOTALS = [
  ["pending", "Pending"],
  ["denied", "Denied"],
  ["blocked", "Blocked"],
  ["dropped", "Dropped"],
];

const CHARTS = [
  ["strangers", "Strangers"],
  ["approved", "Approvals"],
  ["refused", "Denials and blocks"],
  ["dropped", "Dropped senders"],
];

/** Opens the view. */
export function open() {
  const place = el("div", { "aria-busy": "true" }, el("p.quiet", {}, "Loading…"));

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

  const refresh = button("Refresh", reload);
  const lead = "Strangers and decisions of the last 24 hours, on all servers.";
  return { node: el("div", {}, head("Activity", lead, refresh), place), reload };
}

function content(report) {
  const hours = report.hours.map((hour) => ({ ...hour, refused: hour.denied + hour.blocked, name: hourOf(hour.at) }));
  return [
    !report.complete && note("odd", el("p", {}, "There are very many audit entries. The oldest hours are counted in part.")),
    el(
      "ul.totals",
      { "aria-label": "Now" },
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
        return el("div.card", {}, chart(label, bars, label + ": " + sum + " in 24 hours"), el("p.sum", {}, String(sum)));
      }),
    ),
    folded("Show as a table", table(hours)),
  ];
}

function table(hours) {
  return el(
    "div.scroll",
    { tabindex: "0", role: "region", "aria-label": "By hour" },
    el(
      "table",
      {},
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Hour"), CHARTS.map(([, label]) => el("th", { scope: "col" }, label)))),
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
