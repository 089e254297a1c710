// What an allowed sender is to the operator: role, labels and the idle time, as fields and as text.

import { field, tag } from "./components.js";
import { el } from "./dom.js";
import { now } from "./times.js";
import { stripped } from "./untrusted.js";
import { t } from "./i18n.js";

const DAY_SECONDS = 86_400;
const ROLES = { owner: t("owner"), member: t("member"), guest: t("guest") };

/** Fields for role, labels, idle time and, of a group, members, filled from a row. `values` are fields of a request; null restores the default. */
export function termFields(row = {}) {
  const role = el(
    "select",
    { name: "role" },
    Object.entries(ROLES).map(([value, text]) =>
      el("option", { value, selected: value === (row.role || "member") }, text),
    ),
  );
  const labels = el("input", {
    type: "text",
    name: "labels",
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
    value: (row.labels || []).join(", "),
  });
  const days = el("input", {
    type: "number",
    name: "idle_days",
    inputmode: "decimal",
    min: "0",
    max: "3650",
    step: "any",
    value: row.idle_secs ? row.idle_secs / DAY_SECONDS : "",
  });
  const members = el(
    "select",
    { name: "members" },
    el("option", { value: "all" }, t("all_members")),
    el("option", { value: "approved", selected: row.members === "approved" }, t("approved_members_only")),
  );
  return {
    nodes: [
      ...(row.group
        ? [field(t("who_is_admitted_in_the_group"), members, t("approved_members_are_allowed_senders"))]
        : []),
      field(t("role"), role, t("your_bot_receives_it_an")),
      field(t("labels"), labels, t("for_your_bot_such_as")),
      field(t("days_without_a_message"), days, t("access_ends_after_this_time")),
    ],
    values: () => ({
      role: role.value,
      labels: labels.value.split(/[\s,]+/).filter(Boolean),
      idle_secs: Number(days.value) ? Math.round(Number(days.value) * DAY_SECONDS) : null,
      ...(row.group ? { members: members.value } : {}),
    }),
  };
}

/** The name of a role. */
export function roleName(role) {
  return Object.hasOwn(ROLES, role) ? ROLES[role] : stripped(role);
}

/** The role, unless it is the default, and the labels of a row, as tags. */
export function termTags(row) {
  const role = row.role && row.role !== "member" ? [tag(roleName(row.role))] : [];
  return [...role, ...(row.labels || []).map((label) => tag(stripped(label)))];
}

/** An idle time in words. */
export function idleTime(seconds) {
  const hours = Math.round(seconds / 3600);
  return hours % 24 ? t("hours", { count: hours }) : t("days", { count: hours / 24 });
}

/** Whether the idle time of a row is over. */
export function isIdleOver(row) {
  if (!row.idle_secs) return false;
  const active = Math.max(Date.parse(row.approved_at), Date.parse(row.last_seen_at || row.approved_at));
  return active + row.idle_secs * 1000 <= now();
}
