// The denied senders, until their denial ends, with the way back.

import { restore, unblock } from "../actions.js";
import { button, debounced, el } from "../dom.js";
import { searchFilter } from "../filters.js";
import * as live from "../event-stream.js";
import { pages } from "../paged-list.js";
import { empty, head, who } from "../components.js";
import { moment } from "../times.js";
import { attempt, done } from "../toasts.js";
import { foreign, named } from "../untrusted.js";
import { parts, t } from "../i18n.js";

export const title = t("denied");

/** Opens the view. */
export function open(place) {
  const filter = searchFilter(() => list.start(), place, t("search_id_or_reason"));
  const list = pages({
    label: t("denied_senders"),
    load: (cursor) => filter.page("denied", cursor, (one) => [one.sender_id, one.reason]),
    row: (one) => row(one, list.reload),
    empty: () =>
      filter.isActive()
        ? empty("info", t("no_matching_senders"), t("search_for_a_shorter_part"))
        : empty("no", t("no_denied_senders"), t("a_denied_sender_gets_no")),
  });

  const node = el(
    "div",
    {},
    head(t("denied"), t("messages_from_these_senders_are_dropped")),
    filter.node,
    list.node,
  );
  const late = debounced(list.reload);
  const offs = [live.on("denied", late), live.on("pending", late)];
  return { node, reload: list.reload, close: () => offs.forEach((off) => off()) };
}

function row(one, reload) {
  const of = named(one.sender_id, 80);
  const undo = async () => {
    await attempt(async () => done(await restore(one)));
    reload();
  };
  const end = async () => (await attempt(() => unblock(one, reload))) && reload();
  return el(
    "li.entry.sided",
    {},
    who(one),
    one.reason && foreign(one.reason, { tag: "p.remark", limit: 160 }),
    el("p.small.quiet", {}, parts("denied_from_until", { from: moment(one.denied_at), until: moment(one.denied_until) })),
    el(
      "div.row",
      {},
      one.request_id && button(t("undo_the_denial"), undo, { kind: "plain", "aria-label": t("undo_denial_of", { sender: of }) }),
      button(t("end_the_denial"), end, { kind: "plain", "aria-label": t("end_denial_of", { sender: of }) }),
    ),
  );
}
