// The names that the API uses for reasons and actions, as sentences and labels.

import { moment } from "./times.js";

const DROPS = {
  max_pending:
    "Too many pending requests on this account. Decide some under Pending; the next message then gets a code.",
  rejected_sender: "Not a valid sender ID for this channel.",
  group: "A group that is not approved, or a person in a group in which only approved members are admitted.",
  shared_sender: "An account that speaks for many people, such as a service account of the channel.",
  adapter_unavailable: "The channel adapter is unavailable. See Health.",
  denied: "You denied this sender. They can ask again 60 minutes later.",
  blocked: "This sender is blocked.",
  budget: "The account made as many challenges as it may within an hour. See Health.",
  storage: "The database failed or was too slow. See Health.",
  channel_post: "A post in a channel, a status or a broadcast.",
  bot: "Written by a bot.",
  own_echo: "Written by your own account.",
  not_a_message: "An edit, reaction, receipt or typing notice or old message of a sender who is not approved.",
};

const EXPLANATIONS = {
  allow_from: "This sender is in the list of allowed senders.",
  policy_off: "This account admits everyone, because auto_challenge is off.",
  pending: "This sender has a code and is waiting for your approval.",
  unknown_sender: "This sender is not approved. Their next message gets a code.",
};

const REJECTIONS = {
  adapter_unavailable: "the channel adapter is unavailable",
  blocked: "blocked; unblock this sender first",
  allow_from: "admitted; revoke this sender first",
};

const ID_NAMES = { whatsapp: "a WhatsApp number", telegram: "a Telegram user name or ID" };

const ACTIONS = {
  challenged: "Code issued",
  approved: "Approved",
  denied: "Denied",
  blocked: "Blocked",
  unblocked: "Unblocked",
  restored: "Decision undone",
  updated: "Updated",
  seeded: "Added",
  revoked: "Revoked",
  expired: "Code expired",
  moved: "Group got a new ID",
  password_made: "Password generated",
  setup_issued: "Setup code issued",
  setup_cancelled: "Setup code cancelled",
  setup_expired: "Setup code expired",
  setup_redeemed: "Setup code redeemed",
  key_made: "Signing key created",
  key_rotated: "Signing key rotated",
  session_opened: "Session opened",
  session_repeated: "Session response repeated",
  session_rotated: "Session token rotated",
  session_renewed: "Session extended",
  session_revoked: "Session ended",
  signed_out: "Companion signed out",
  login_opened: "Signed in to the console",
  login_ended: "Signed out of the console",
  unlocked: "Sign-in unlocked",
  push_subscribed: "Notifications turned on",
  push_ended: "Notifications turned off",
  token_replayed: "Token used a second time",
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
    return ["You denied this sender. They can ask again at ", moment(end), "."];
  }
  return Object.hasOwn(EXPLANATIONS, reason) ? EXPLANATIONS[reason] : dropReason(reason);
}

/** Why a sender could not be added: the end of a sentence. */
export function rejection(reason, channel) {
  if (reason === "rejected_sender")
    return Object.hasOwn(ID_NAMES, channel) ? "not " + ID_NAMES[channel] : "not a valid sender ID";
  return label(REJECTIONS, reason);
}

/** The label of an audit entry's action. */
export function action(name) {
  return label(ACTIONS, name);
}
