// The pending requests. Rows appear and disappear with the server's events.

import { approve, decideRequests, deny } from "../actions.js";
import { button, el, fill } from "../dom.js";
import { ask } from "../dialog.js";
import * as live from "../event-stream.js";
import { empty, faultNote, head, note } from "../components.js";
import { searchFilter } from "../filters.js";
import { mark, requestRow } from "../request-row.js";
import { selection } from "../selection.js";
import { steady } from "../tap-guard.js";
import { attempt } from "../toasts.js";
import * as waiting from "../pending-store.js";
import { t } from "../i18n.js";

export const title = t("pending");

/** The number of rows that are shown at once, and added by "Show more". */
const STEP = 100;

/** How many requests can be decided at once without a question. */
const UNASKED = 20;

/** Opens the view. */
export function open(place) {
  const rows = new Map();
  const list = el("ul.list.queue", { "aria-label": t("pending_requests") });
  const body = el("div", {});
  const foot = el("div.more", {});
  const content = [list, foot];
  const stale = el(
    "div.tools",
    { hidden: true },
    note(
      "odd",
      el("p", {}, t("disconnected_this_list_may_be")),
      el("div.row", {}, button(t("refresh"), refresh)),
    ),
  );
  const chosen = selection({
    id: (one) => one.request_id,
    run: decideSelected,
    labels: { approve: t("approve_selected"), deny: t("deny_selected"), block: t("block_selected") },
    counted: (count) => t("requests_selected", { count }),
    name: t("selected_requests"),
    reasons: true,
  });
  const filter = searchFilter(refilter, place, t("sender_name_message_or_code"));
  const everyone = button("", () => chosen.add(matching()), { kind: "plain" });
  const tools = filter.node;
  tools.append(
    el("p.small.quiet.for-fingers", {}, t("swipe_hint")),
    el("div.row", {}, everyone),
  );
  const node = el(
    "div",
    {},
    head(t("pending"), t("people_waiting_for_approval_they")),
    stale,
    tools,
    body,
    chosen.node,
  );
  const moved = steady(list);
  let arrived = false;
  let depth = STEP;

  async function refresh() {
    live.hurry();
    await waiting.load();
  }

  function refilter() {
    depth = STEP;
    show();
  }

  /** The requests that the filter shows. */
  function matching() {
    const { channel, account_id: account } = filter.values();
    return waiting
      .all()
      .filter(
        (one) =>
          one.channel.startsWith(channel) &&
          one.account_id.startsWith(account) &&
          filter.finds(one.sender_id, one.claimed_name, one.text, one.code, "#" + one.number),
      );
  }

  function show() {
    const { trouble, loaded } = waiting.status();
    const everybody = matching();
    const now = everybody.slice(0, depth);
    const ids = new Set(now.map((one) => one.request_id));
    const kept = now.filter((one) => rows.has(one.request_id)).length;
    if (kept < rows.size) moved();
    for (const [id, row] of rows) if (!ids.has(id)) remove(id, row);
    for (const one of now)
      if (!rows.has(one.request_id))
        rows.set(
          one.request_id,
          requestRow(one, chosen.box(one), (action, options) => decide(one, action, options), arrived),
        );
    for (const one of now) if (mark(rows.get(one.request_id), one)) moved();
    arrived ||= loaded;
    now.forEach((one, i) => {
      const row = rows.get(one.request_id);
      if (list.children[i] !== row) list.insertBefore(row, list.children[i] || null);
    });
    // Nothing is decided that the filter hides or that was decided elsewhere.
    const all = new Set(everybody.map((one) => one.request_id));
    chosen.keep((one) => all.has(one.request_id));
    // Not hidden while the list is loaded, so that the rows do not move when it appears.
    tools.hidden = loaded && !waiting.all().length && !filter.isActive();
    const label = t("select_all", { count: everybody.length });
    if (everyone.textContent !== label) everyone.querySelector("span").textContent = label;
    everyone.hidden = everybody.length < 2;
    const fault = trouble && trouble.status !== 401 && faultNote(trouble, button(t("try_again"), refresh));
    if (!loaded) fill(body, fault || el("p.quiet", {}, t("loading")));
    else if (fault) fill(body, el("div.tools", {}, fault), ...content);
    else if (!now.length) fill(body, emptyList(filter.isActive()));
    // Inserting the list again would lose the focus.
    else if (body.firstChild !== list) fill(body, ...content);
    offer(everybody.length - now.length);
  }

  function offer(more) {
    if (more <= 0) return fill(foot);
    const label = t("show_more_count", { count: more });
    if (foot.textContent !== label) fill(foot, button(label, showMore));
  }

  function showMore() {
    const next = list.childElementCount;
    depth += STEP;
    show();
    list.children[next]?.querySelector("h2").focus();
  }

  /** Removes a row. If it had the focus, the focus moves to its neighbour and not to the top of the page. */
  function remove(id, row) {
    const neighbour =
      row.contains(document.activeElement) && (row.nextElementSibling || row.previousElementSibling);
    const focused = row.contains(document.activeElement);
    row.remove();
    rows.delete(id);
    chosen.forget(id);
    if (neighbour) neighbour.querySelector("h2").focus();
    else if (focused) node.querySelector("h1").focus();
  }

  async function decide(one, action, options) {
    const run = () => (action === "approve" ? approve(one, options, waiting.load) : deny(one, action === "block", options.reason, waiting.load));
    if (await attempt(run)) waiting.drop(one);
    else waiting.load();
  }

  /** Decides about the selected requests. Those that were not decided stay selected. */
  function decideSelected(action, items, reason) {
    const run = async () => {
      const { gone, rest } = await decideRequests(action, items, reason, waiting.load);
      waiting.drop(...gone);
      return rest;
    };
    if (items.length <= UNASKED) return run();
    return new Promise((resolve) => {
      let rest = null;
      const question = el("p", {}, t("this_decides_about_all_of"));
      ask(t(QUESTIONS[action], { count: items.length }), [question], CONFIRM[action], async () => void (rest = await run()), {
        grave: action !== "approve",
        closed: () => resolve(rest),
      });
    });
  }

  const offs = [waiting.onChange(show), live.on("state", (state) => (stale.hidden = state !== "down"))];
  show();
  return { node, reload: waiting.load, close: () => offs.forEach((off) => off()) };
}

const QUESTIONS = { approve: "ask_approve", deny: "ask_deny", block: "ask_block" };
const CONFIRM = { approve: t("approve_all"), deny: t("deny_all"), block: t("block_all") };

function emptyList(filtered) {
  return filtered
    ? empty("info", t("no_matching_requests"), t("search_for_a_shorter_part"))
    : empty(
        "yes",
        t("no_pending_requests"),
        t("when_an_unknown_sender_messages"),
      );
}
