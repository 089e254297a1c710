// The allowed senders: search, edit, revoke and add.

import { admit, key, revoke } from "../actions.js";
import { get, post } from "../api.js";
import { ask } from "../dialog.js";
import { button, debounced, el } from "../dom.js";
import { placeField, placeFilter, remember, searchField } from "../filters.js";
import { icon } from "../icons.js";
import { pages } from "../paged-list.js";
import { check, empty, field, head, note, tag, who } from "../components.js";
import { rejection } from "../labels.js";
import { link } from "../router.js";
import { idleTime, isIdleOver, termFields, termTags } from "../terms.js";
import { fromField, moment, now, toField, zoneHint } from "../times.js";
import { attempt, done } from "../toasts.js";
import { foreign, named, stripped } from "../untrusted.js";
import { parts, t } from "../i18n.js";

export const title = t("allowed");

const PAGE = 50;
const MOST_NAMED = 20;

/** Opens the view. */
export function open(place) {
  const search = searchField(place, t("sender_id_note_or_label"));
  const revoked = check(t("include_revoked"), { name: "include_revoked" });
  const filter = placeFilter(() => list.start(), place);
  const list = pages({
    label: t("allowed_senders"),
    load: async (cursor) => {
      const page = await get("allow-from", {
        ...filter.values(),
        q: search.value.trim(),
        include_revoked: revoked.box.checked,
        limit: PAGE,
        cursor,
      });
      remember(page.allow);
      return { items: page.allow, next: page.next };
    },
    row: (one) => row(one, list.reload),
    empty: () =>
      isFiltered()
        ? empty(
            "info",
            t("no_matching_senders"),
            t("search_for_a_shorter_part"),
          )
        : empty(
            "allowed",
            t("no_allowed_senders"),
            t("approve_a_request_under_pending"),
          ),
  });
  const isFiltered = () =>
    Boolean(search.value.trim() || filter.values().channel || filter.values().account_id);
  search.addEventListener("input", debounced(list.start));
  revoked.box.addEventListener("change", list.start);
  const adding = button(t("add_senders"), () => add(list.reload), { icon: icon("add") });
  const review = el("a.button.plain", { href: link("review") }, t("review"));
  const tools = el("div.tools", { role: "search" }, field(t("search"), search), filter.node, revoked.node);
  return {
    node: el(
      "div",
      {},
      head(t("allowed"), t("senders_who_can_reach_your"), review, adding),
      tools,
      list.node,
    ),
    reload: list.reload,
  };
}

function isExpired(one) {
  return Boolean(one.expires_at) && Date.parse(one.expires_at) <= now();
}

function state(one) {
  if (one.revoked_at) return tag(t("revoked"), "bad", "no");
  if (isExpired(one)) return tag(t("expired"), "odd", "warn");
  if (isIdleOver(one)) return tag(t("ended_not_seen"), "odd", "warn");
  return null;
}

/** A row of the list, also of the review. Calls `reload` after each change. */
export function row(one, reload) {
  const surface = stripped(one.approved_via);
  const facts = el("p.small.quiet", {}, parts("approved_via", { time: moment(one.approved_at), surface }));
  if (one.group) facts.append(t("comma"), t(one.members === "approved" ? "group_approved_members" : "group_all_members"));
  if (one.expires_at) facts.append(t("comma"), ...parts(isExpired(one) ? "expired_at" : "expires_at", { time: moment(one.expires_at) }));
  facts.append(t("comma"), ...(one.last_seen_at ? parts("last_seen_at", { time: moment(one.last_seen_at) }) : [t("never_seen")]));
  if (one.idle_secs) facts.append(t("comma"), t("ends_after", { time: idleTime(one.idle_secs) }));
  if (one.revoked_at) facts.append(t("comma"), ...parts("revoked_at", { time: moment(one.revoked_at) }));
  const of = named(one.sender_id, 80);
  const act = (action) => async () => (await attempt(() => action(one, reload))) && reload();
  const controls = one.revoked_at
    ? [button(t("admit_again"), act(admit), { kind: "plain", "aria-label": t("admit_again_sender", { sender: of }) })]
    : [
        button(t("edit"), () => edit(one, reload), { kind: "plain", "aria-label": t("edit_sender", { sender: of }) }),
        button(t("revoke"), act(revoke), { kind: "plain grave", "aria-label": t("revoke_sender", { sender: of }) }),
      ];
  const explain = el(
    "a.button.plain",
    { href: link("explain", key(one)), "aria-label": t("explain_sender", { sender: of }) },
    t("explain"),
  );
  return el(
    "li.entry.sided" + (one.revoked_at ? ".past" : ""),
    {},
    el("div.line", {}, who(one), state(one), termTags(one)),
    one.note && foreign(one.note, { tag: "p.remark", limit: 160 }),
    facts,
    el("div.row", {}, controls, explain),
  );
}

/** Changes the terms. An empty field removes the value. */
function edit(one, reload) {
  const until = el("input", { type: "datetime-local", name: "expires_at", value: toField(one.expires_at) });
  const remark = el("input", {
    type: "text",
    name: "note",
    maxlength: "500",
    autocomplete: "off",
    value: one.note,
  });
  const terms = termFields(one);
  ask(
    t("edit_sender", { sender: named(one.sender_id, 60) }),
    [
      field(t("expires"), until, t("no_expiry_hint") + " " + zoneHint()),
      field(t("note"), remark, t("visible_to_operators_only")),
      ...terms.nodes,
    ],
    t("save"),
    async () => {
      await post("allow-from/update", {
        ...key(one),
        expires_at: fromField(until.value) ?? null,
        note: remark.value.trim() || null,
        ...terms.values(),
      });
      done(t("saved_sender", { sender: named(one.sender_id) }));
      reload();
    },
  );
}

/** Adds senders. Senders that the server rejects stay in the field, with the reasons. */
function add(reload) {
  const channel = placeField("channel", t("channel"), { required: true, value: "whatsapp" });
  const account = placeField("account_id", t("account"), { placeholder: "default" });
  const ids = el("textarea", {
    name: "sender_ids",
    required: true,
    rows: "4",
    autocapitalize: "none",
    spellcheck: "false",
  });
  const rejected = el("div", {});
  ask(
    t("add_senders"),
    [
      el("div.pair", {}, channel.node, account.node),
      field(t("senders"), ids, t("one_per_line_such_as")),
      rejected,
    ],
    t("add"),
    async () => {
      const lines = [
        ...new Set(
          ids.value
            .split("\n")
            .map((line) => line.trim())
            .filter(Boolean),
        ),
      ];
      if (!lines.length) throw new Error(t("enter_at_least_one_sender"));
      const report = await post("allow-from/seed", {
        channel: channel.input.value.trim(),
        account_id: account.input.value.trim() || undefined,
        sender_ids: lines,
      });
      if (report.seeded) {
        done(t("senders_added", { count: report.seeded }), {
          after: t("to_undo_this_revoke_each"),
        });
        reload();
      }
      if (!report.rejected_count) return true;
      ids.value = report.rejected.map((one) => one.sender_id).join("\n");
      const reasons = report.rejected
        .slice(0, MOST_NAMED)
        .map((one) => {
          const reason = rejection(one.reason, channel.input.value.trim());
          return el("li", {}, foreign(one.sender_id), ": ", reason);
        });
      rejected.replaceChildren(
        note(
          "bad",
          el("p", {}, t("not_added", { count: report.rejected_count })),
          el("ul", {}, reasons),
        ),
      );
      return false;
    },
  );
}
