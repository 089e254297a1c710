// The contract's words in whole sentences.

const DROPS = {
  max_pending:
    "Too many others were waiting on this account. Decide on those under Pending, and this one gets a code with the next message.",
  rejected_sender: "The channel's adapter takes this for no sender at all.",
  adapter_unavailable: "The channel's adapter could not be asked. Health says more.",
  denied: "You turned them down, and the time for that is not over.",
  blocked: "They are blocked.",
  budget: "The caller had used up what it may ask.",
  storage: "The database failed or was too slow. Health says more.",
};

const EXPLANATIONS = {
  allow_from: "They are in the list of allowed senders.",
  policy_off: "Nobody is held back on this account: auto_challenge is off there.",
  pending: "They were given a code, and wait for you.",
  unknown_sender: "Nobody has let them in. Their next message gets them a code.",
};

const ACTIONS = {
  challenged: "given a code",
  approved: "approved",
  denied: "denied",
  blocked: "blocked",
  unblocked: "unblocked",
  updated: "changed",
  seeded: "let in by hand",
  revoked: "revoked",
  expired: "code ran out",
  password_made: "password made",
  setup_issued: "setup code issued",
  setup_cancelled: "setup code cancelled",
  setup_expired: "setup code ran out",
  setup_redeemed: "setup code redeemed",
  key_made: "signing key made",
  key_rotated: "signing key replaced",
  session_opened: "session opened",
  session_repeated: "session answer repeated",
  session_rotated: "session token replaced",
  session_revoked: "session revoked",
  signed_out: "companion signed out",
  login_opened: "signed in to the console",
  login_ended: "signed out of the console",
  token_replayed: "token used a second time",
};

function word(table, key) {
  return Object.hasOwn(table, key) ? table[key] : String(key).replaceAll("_", " ");
}

/** Why a message was dropped. */
export function dropReason(reason) {
  return word(DROPS, reason);
}

/** Why the gate would say what it says. */
export function explanation(reason) {
  return Object.hasOwn(EXPLANATIONS, reason) ? EXPLANATIONS[reason] : dropReason(reason);
}

/** What an audit line says was done. */
export function action(name) {
  return word(ACTIONS, name);
}
