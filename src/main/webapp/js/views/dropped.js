// Senders whose messages were dropped without a code, and the reasons.

import { admit, block, decide, keyText } from "../actions.js";
import { button, el } from "../dom.js";
import { searchFilter } from "../filters.js";
import { pages } from "../paged-list.js";
import { selection } from "../selection.js";
import { empty, head, tag, who } from "../components.js";
import { moment } from "../times.js";
import { attempt } from "../toasts.js";
import { foreign, named } from "../untrusted.js";
import { dropReason } from "../labels.js";
import { parts, t } from "../i18n.js";

export const title = t("dropped");

/** The most senders that the server decides about at once. */
const MOST = 1000;

/** Opens the view. */
export function open(place) {
  const chosen = selection({
    id: keyText,
    run: decideSelected,
    labels: { approve: t("approve_all"), deny: t("deny_all"), block: t("block_all") },
    counted: (count) => t("senders_selected", { count }),
    name: t("selected_senders"),
  });
  const filter = searchFilter(
    () => {
      chosen.clear();
      list.start();
    },
    place,
    t("search_id_or_message"),
  );
  const list = pages({
    label: t("dropped_senders"),
    load: (cursor) => filter.page("dropped", cursor, (one) => [one.sender_id, one.text, one.group_id, dropReason(one.reason)]),
    row: (one) => row(one, chosen),
    empty: () =>
      filter.isActive()
        ? empty("info", t("no_matching_senders"), t("search_for_a_shorter_part"))
        : empty("dropped", t("no_dropped_messages"), t("people_whose_messages_were_dropped")),
  });

  /** Decides about the selected senders. Returns those that stay selected, or null for all. */
  async function decideSelected(action, senders) {
    const now = senders.slice(0, MOST);
    if (!(await attempt(() => decide(action, now, list.reload)))) return null;
    await list.reload();
    return senders.slice(MOST);
  }

  const refresh = button(t("refresh"), list.reload);
  const node = el(
    "div",
    {},
    head(
      t("dropped"),
      t("messages_dropped_without_a_code"),
      refresh,
    ),
    filter.node,
    list.node,
    chosen.node,
  );
  return { node, reload: list.reload };
}

function row(one, chosen) {
  const controls = el("div.row", {});
  const act = (action, outcome) => async () => {
    if (await attempt(() => action(one))) controls.replaceChildren(tag(outcome, "good", "yes"));
  };
  const of = named(one.sender_id, 80);
  controls.append(button(t("admit"), act(admit, t("admitted")), { kind: "plain", "aria-label": t("admit_sender", { sender: of }) }));
  if (one.reason !== "blocked")
    controls.append(
      button(t("block"), act(block, t("blocked")), { kind: "plain grave", "aria-label": t("block_sender", { sender: of }) }),
    );
  controls.append(chosen.box(one));
  return el(
    "li.entry.sided",
    {},
    who(one),
    one.text && foreign(one.text, { tag: "p.remark", limit: 200 }),
    one.group_id && el("p.small", {}, parts("in_the_group", { group: foreign(one.group_id, { limit: 80 }) })),
    el("p.small", {}, dropReason(one.reason)),
    el(
      "p.small.quiet",
      {},
      parts("messages_since", { count: one.count, first: moment(one.first_at), last: moment(one.last_at) }),
    ),
    controls,
  );
}
