// The policy in effect on each account, and the general one.

import { get } from "../api.js";
import { button, el, fill } from "../dom.js";
import { placeFilter, remember } from "../filters.js";
import { channelName, empty, faultNote, head, note, tag } from "../components.js";
import { stripped } from "../untrusted.js";
import { number, parts, t } from "../i18n.js";

export const title = t("policies");

const CHALLENGES = { reply: t("sent_to_the_stranger"), silent: t("silent_nothing_is_sent") };
const GROUPS = { drop: t("groups_are_dropped"), pair: t("groups_need_an_approval") };
const NOTICES = { approved: t("after_an_approval"), denied: t("after_a_denial"), expired: t("after_the_code_has_expired") };

/** The values of a policy in the order of the documentation: field of the API, label, and what shows the value. */
const VALUES = [
  [
    "auto_challenge",
    t("strangers"),
    (on) => (on === true ? t("strangers_need_approval") : tag(t("everyone_is_admitted"), "odd", "warn")),
  ],
  ["challenge", t("challenge"), (mode) => named(CHALLENGES, mode)],
  ["challenges_per_hour", t("challenges_an_hour"), number],
  ["groups", t("groups"), (mode) => named(GROUPS, mode)],
  ["hold_messages", t("first_messages_held"), number],
  [
    "notify_requester",
    t("the_sender_is_notified"),
    (notices) => notices.map((one) => named(NOTICES, one)).join(t("comma")) || t("never"),
  ],
];

function named(names, value) {
  return Object.hasOwn(names, value) ? names[value] : stripped(value);
}

/** Opens the view. */
export function open(place) {
  const filter = placeFilter(reload, place);
  const list = el("div", { "aria-busy": "true" }, el("p.quiet", {}, t("loading")));
  let turn = 0;

  async function reload() {
    const mine = ++turn;
    list.setAttribute("aria-busy", "true");
    try {
      const found = await load(filter.values());
      if (mine === turn) fill(list, shown(found));
    } catch (error) {
      if (mine === turn) fill(list, error.status === 401 ? null : faultNote(error, button(t("try_again"), reload)));
    } finally {
      if (mine === turn) list.setAttribute("aria-busy", "false");
    }
  }

  const refresh = button(t("refresh"), reload);
  const node = el(
    "div",
    {},
    head(t("policies"), t("what_happens_to_strangers_on"), refresh),
    el("div.tools", { role: "search" }, filter.node),
    list,
  );
  return { node, reload };
}

/** Asks the server for one account, also one that it does not know, or for all and selects those of the filter. */
async function load({ channel, account_id }) {
  const isOne = Boolean(channel && account_id);
  const answer = await get("policies", isOne ? { channel, account_id } : {});
  if (isOne) return answer;
  remember(answer.policies);
  const policies = answer.policies.filter(
    (one) => (!channel || one.channel === channel) && (!account_id || one.account_id === account_id),
  );
  return { ...answer, policies };
}

function shown({ general, policies, more, warnings }) {
  return [
    el(
      "section.block",
      { "aria-labelledby": "general-title" },
      el("h2", { id: "general-title" }, t("general_policy")),
      el("p.quiet", {}, t("for_accounts_without_settings_of")),
      el("div.card", {}, values(general, general)),
    ),
    el(
      "section.block",
      { "aria-labelledby": "accounts-title" },
      el("h2", { id: "accounts-title" }, t("accounts")),
      more && note("odd", el("p", {}, t("there_are_more_accounts"))),
      policies.length
        ? el("ul.list.tight", { "aria-labelledby": "accounts-title" }, policies.map((one) => row(one, general, warnings)))
        : empty("policies", t("no_accounts_found"), t("the_general_policy_applies_to")),
    ),
  ];
}

/** The policy of an account. A warning of the server says that neither settings nor messages name the account. */
function row(policy, general, warnings) {
  const account = el("span.foreign", { dir: "auto" }, stripped(policy.account_id));
  return el(
    "li.entry",
    {},
    el(
      "div.line",
      {},
      el("h3.name", {}, parts("where", { channel: channelName(policy.channel), account })),
      warnings?.length ? tag(t("unknown_account"), "odd", "warn") : null,
    ),
    values(policy, general),
  );
}

/** The values of a policy. Those that differ from the general policy are marked. */
function values(policy, general) {
  const differs = (name) => JSON.stringify(policy[name]) !== JSON.stringify(general[name]);
  return el(
    "dl.meta.policy",
    {},
    VALUES.map(([name, label, show]) => [
      el("dt", {}, label),
      el("dd", {}, show(policy[name]), differs(name) && [" ", tag(t("differs"), "", "info")]),
    ]),
  );
}
