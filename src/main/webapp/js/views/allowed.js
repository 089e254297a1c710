// The allowed senders: search, edit, revoke and add.

import { admit, key, revoke } from "../actions.js";
import { get, post } from "../api.js";
import { ask } from "../dialog.js";
import { button, debounced, el } from "../dom.js";
import { placeField, placeFilter, remember } from "../filters.js";
import { icon } from "../icons.js";
import { pages } from "../paged-list.js";
import { check, empty, field, head, note, tag, who } from "../components.js";
import { rejection } from "../labels.js";
import { link } from "../router.js";
import { idleTime, isIdleOver, termFields, termTags } from "../terms.js";
import { fromField, moment, now, toField, zoneHint } from "../times.js";
import { attempt, done } from "../toasts.js";
import { foreign, named, stripped } from "../untrusted.js";

export const title = "Allowed";

const PAGE = 50;
const MOST_NAMED = 20;

/** Opens the view. */
export function open(place) {
  const search = el("input", {
    type: "search",
    name: "q",
    maxlength: "256",
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
    placeholder: "Sender ID, note or label",
    value: place.q,
  });
  const revoked = check("Include revoked", { name: "include_revoked" });
  const filter = placeFilter(() => list.start(), place);
  const list = pages({
    label: "Allowed senders",
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
            "No matching senders",
            "Search for a shorter part, or clear channel and account.",
          )
        : empty(
            "allowed",
            "No allowed senders",
            "Approve a request under Pending, or add senders you know.",
          ),
  });
  const isFiltered = () =>
    Boolean(search.value.trim() || filter.values().channel || filter.values().account_id);
  search.addEventListener("input", debounced(list.start));
  revoked.box.addEventListener("change", list.start);
  const adding = button("Add senders", () => add(list.reload), { icon: icon("add") });
  const review = el("a.button.plain", { href: link("review") }, "Review");
  const tools = el("div.tools", { role: "search" }, field("Search", search), filter.node, revoked.node);
  return {
    node: el(
      "div",
      {},
      head("Allowed", "Senders who can reach your bot until you revoke them.", review, adding),
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
  if (one.revoked_at) return tag("Revoked", "bad", "no");
  if (isExpired(one)) return tag("Expired", "odd", "warn");
  if (isIdleOver(one)) return tag("Ended, not seen", "odd", "warn");
  return null;
}

/** A row of the list, also of the review. Calls `reload` after each change. */
export function row(one, reload) {
  const surface = stripped(one.approved_via);
  const facts = el("p.small.quiet", {}, "Approved ", moment(one.approved_at), " via ", surface);
  if (one.group) facts.append(one.members === "approved" ? ", a group, approved members only" : ", a group, all members");
  if (one.expires_at) facts.append(isExpired(one) ? ", expired " : ", expires ", moment(one.expires_at));
  facts.append(...(one.last_seen_at ? [", last seen ", moment(one.last_seen_at)] : [", never seen"]));
  if (one.idle_secs) facts.append(", ends after " + idleTime(one.idle_secs) + " without a message");
  if (one.revoked_at) facts.append(", revoked ", moment(one.revoked_at));
  const of = named(one.sender_id, 80);
  const act = (action) => async () => (await attempt(() => action(one, reload))) && reload();
  const controls = one.revoked_at
    ? [button("Admit again", act(admit), { kind: "plain", "aria-label": "Admit again: " + of })]
    : [
        button("Edit", () => edit(one, reload), { kind: "plain", "aria-label": "Edit " + of }),
        button("Revoke", act(revoke), { kind: "plain grave", "aria-label": "Revoke " + of }),
      ];
  const explain = el(
    "a.button.plain",
    { href: link("explain", key(one)), "aria-label": "Explain " + of },
    "Explain",
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
    "Edit " + named(one.sender_id, 60),
    [
      field("Expires", until, "Leave empty for no expiry. " + zoneHint()),
      field("Note", remark, "Visible to operators only."),
      ...terms.nodes,
    ],
    "Save",
    async () => {
      await post("allow-from/update", {
        ...key(one),
        expires_at: fromField(until.value) ?? null,
        note: remark.value.trim() || null,
        ...terms.values(),
      });
      done("Saved " + named(one.sender_id) + ".");
      reload();
    },
  );
}

/** Adds senders. Senders that the server rejects stay in the field, with the reasons. */
function add(reload) {
  const channel = placeField("channel", "Channel", { required: true, value: "whatsapp" });
  const account = placeField("account_id", "Account", { placeholder: "default" });
  const ids = el("textarea", {
    name: "sender_ids",
    required: true,
    rows: "4",
    autocapitalize: "none",
    spellcheck: "false",
  });
  const rejected = el("div", {});
  ask(
    "Add senders",
    [
      el("div.pair", {}, channel.node, account.node),
      field("Senders", ids, "One per line, such as +15550001111 or @somebody."),
      rejected,
    ],
    "Add",
    async () => {
      const lines = [
        ...new Set(
          ids.value
            .split("\n")
            .map((line) => line.trim())
            .filter(Boolean),
        ),
      ];
      if (!lines.length) throw new Error("Enter at least one sender.");
      const report = await post("allow-from/seed", {
        channel: channel.input.value.trim(),
        account_id: account.input.value.trim() || undefined,
        sender_ids: lines,
      });
      if (report.seeded) {
        done(report.seeded === 1 ? "Added 1 sender." : "Added " + report.seeded + " senders.", {
          after: "To undo this, revoke each sender.",
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
          el("p", {}, report.rejected_count + " could not be added. Fix them or cancel:"),
          el("ul", {}, reasons),
        ),
      );
      return false;
    },
  );
}
