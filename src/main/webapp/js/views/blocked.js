// The blocked senders.

import { unblock } from "../actions.js";
import { button, el } from "../dom.js";
import { searchFilter } from "../filters.js";
import * as live from "../event-stream.js";
import { pages } from "../paged-list.js";
import { empty, head, who } from "../components.js";
import { moment } from "../times.js";
import { attempt } from "../toasts.js";
import { foreign, named } from "../untrusted.js";
import { parts, t } from "../i18n.js";

export const title = t("blocked");

/** Opens the view. */
export function open(place) {
  const filter = searchFilter(() => list.start(), place, t("search_id_or_reason"));
  const list = pages({
    label: t("blocked_senders"),
    load: (cursor) => filter.page("blocked", cursor, (one) => [one.sender_id, one.reason]),
    row: (one) => row(one, list.reload),
    empty: () =>
      filter.isActive()
        ? empty("info", t("no_matching_senders"), t("search_for_a_shorter_part"))
        : empty("blocked", t("no_blocked_senders"), t("blocked_senders_get_no_code")),
  });

  const node = el(
    "div",
    {},
    head(t("blocked"), t("messages_from_these_senders_are")),
    filter.node,
    list.node,
  );
  return { node, reload: list.reload, close: live.on("blocked", list.reload) };
}

function row(one, reload) {
  const act = async () => (await attempt(() => unblock(one, reload))) && reload();
  return el(
    "li.entry.sided",
    {},
    who(one),
    one.reason && foreign(one.reason, { tag: "p.remark", limit: 160 }),
    el("p.small.quiet", {}, parts("blocked_at", { time: moment(one.blocked_at) })),
    el(
      "div.row",
      {},
      button(t("unblock"), act, { kind: "plain", "aria-label": t("unblock_sender", { sender: named(one.sender_id, 80) }) }),
    ),
  );
}
