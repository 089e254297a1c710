// The allowed senders who have written nothing for some time, to revoke those who are no longer known.

import { get } from "../api.js";
import { empty, field, head } from "../components.js";
import { el } from "../dom.js";
import { placeFilter, remember } from "../filters.js";
import { pages } from "../paged-list.js";
import { now } from "../times.js";
import { row } from "./allowed.js";
import { t } from "../i18n.js";

export const title = t("review");

const PAGE = 50;
const DAY_MS = 86_400_000;
const DAYS = [7, 30, 90, 180, 365];

/** Opens the view. */
export function open(place) {
  const chosen = DAYS.includes(Number(place.days)) ? Number(place.days) : 90;
  const days = el(
    "select",
    { name: "days", onchange: () => list.start() },
    DAYS.map((value) => el("option", { value, selected: value === chosen }, t("days", { count: value }))),
  );
  const filter = placeFilter(() => list.start(), place);
  const list = pages({
    label: t("senders_not_seen"),
    load: async (cursor) => {
      const page = await get("allow-from", {
        ...filter.values(),
        unseen_since: new Date(now() - days.value * DAY_MS).toISOString(),
        limit: PAGE,
        cursor,
      });
      remember(page.allow);
      return { items: page.allow, next: page.next };
    },
    row: (one) => row(one, list.reload),
    empty: () => empty("yes", t("nobody_to_review"), t("every_allowed_sender_was_seen")),
  });
  return {
    node: el(
      "div",
      {},
      head(t("review"), t("allowed_senders_who_wrote_nothing")),
      el("div.tools", { role: "search" }, field(t("not_seen_for"), days), filter.node),
      list.node,
    ),
    reload: list.reload,
  };
}
