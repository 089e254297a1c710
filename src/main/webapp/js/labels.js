// The names that the API uses for reasons and actions, as sentences and labels.

import { moment } from "./times.js";
import { parts, t } from "./i18n.js";

const DROPS = {
  max_pending:
    t("too_many_pending_requests_on"),
  rejected_sender: t("not_a_valid_sender_id"),
  group: t("a_group_that_is_not"),
  shared_sender: t("an_account_that_speaks_for"),
  adapter_unavailable: t("the_channel_adapter_is_unavailable"),
  denied: t("you_denied_this_sender_they"),
  blocked: t("this_sender_is_blocked"),
  budget: t("the_account_made_as_many"),
  storage: t("the_database_failed_or_was"),
  channel_post: t("a_post_in_a_channel"),
  bot: t("written_by_a_bot"),
  own_echo: t("written_by_your_own_account"),
  not_a_message: t("an_edit_reaction_receipt_or"),
};

const EXPLANATIONS = {
  allow_from: t("this_sender_is_in_the"),
  policy_off: t("this_account_admits_everyone_because"),
  pending: t("this_sender_has_a_code"),
  unknown_sender: t("this_sender_is_not_approved"),
};

const REJECTIONS = {
  adapter_unavailable: t("the_channel_adapter_is_unavailable_2"),
  blocked: t("blocked_unblock_this_sender_first"),
  allow_from: t("admitted_revoke_this_sender_first"),
};

const NOT_AN_ID = { whatsapp: t("not_whatsapp"), telegram: t("not_telegram") };

const ACTIONS = {
  challenged: t("code_issued"),
  approved: t("approved"),
  denied: t("denied"),
  blocked: t("blocked"),
  unblocked: t("unblocked"),
  restored: t("decision_undone"),
  updated: t("updated"),
  seeded: t("added"),
  revoked: t("revoked"),
  expired: t("code_expired"),
  moved: t("group_got_a_new_id"),
  password_made: t("password_generated"),
  setup_issued: t("setup_code_issued"),
  setup_cancelled: t("setup_code_cancelled"),
  setup_expired: t("setup_code_expired"),
  setup_redeemed: t("setup_code_redeemed"),
  key_made: t("signing_key_created"),
  key_rotated: t("signing_key_rotated"),
  session_opened: t("session_opened"),
  session_repeated: t("session_response_repeated"),
  session_rotated: t("session_token_rotated"),
  session_renewed: t("session_extended"),
  session_revoked: t("session_ended"),
  signed_out: t("companion_signed_out"),
  login_opened: t("signed_in_to_the_console"),
  login_ended: t("signed_out_of_the_console"),
  unlocked: t("signin_unlocked"),
  push_subscribed: t("notifications_turned_on"),
  push_ended: t("notifications_turned_off"),
  token_replayed: t("token_used_a_second_time"),
};

/** How long a denied sender gets no new code; fixed in the server. */
const DENIED_MS = 60 * 60_000;

function label(table, key) {
  return Object.hasOwn(table, key) ? table[key] : String(key).replaceAll("_", " ");
}

/** Why a message was dropped. */
export function dropReason(reason) {
  return label(DROPS, reason);
}

/** Why the gate would decide as it would, as children of an element. */
export function explanation(reason, since) {
  if (reason === "denied" && since) {
    const end = new Date(Date.parse(since) + DENIED_MS).toISOString();
    return parts("denied_until", { time: moment(end) });
  }
  return Object.hasOwn(EXPLANATIONS, reason) ? EXPLANATIONS[reason] : dropReason(reason);
}

/** Why a sender could not be added: the end of a sentence. */
export function rejection(reason, channel) {
  if (reason === "rejected_sender")
    return Object.hasOwn(NOT_AN_ID, channel) ? NOT_AN_ID[channel] : t("not_sender");
  return label(REJECTIONS, reason);
}

/** The label of an audit entry's action. */
export function action(name) {
  return label(ACTIONS, name);
}
