// Actions on senders. Each is sent at once, so that nothing is lost if the phone locks. Undo is a second call.

import { get, post } from "./api.js";
import { rejection } from "./labels.js";
import { now } from "./times.js";
import { done, failed } from "./toasts.js";
import { named } from "./untrusted.js";
import { t } from "./i18n.js";

/** The fields that identify a sender. The id is exact: strangers may choose one that begins with a channel and an account. */
export function key({ channel, account_id, sender_id }) {
  return { channel, account_id, sender_id, exact: true };
}

/** The fields that identify a sender, as one string. */
export function keyText({ channel, account_id, sender_id }) {
  return JSON.stringify([channel, account_id, sender_id]);
}

/** Approves a pending request. Calls `after` when Undo is complete. */
export async function approve(request, { notify, ...terms } = {}, after = () => {}) {
  const path = "pending/" + encodeURIComponent(request.request_id);
  const { held } = await post(path + "/approve", { notify, ...terms });
  done(t("approved_sender", { sender: named(request.sender_id) }), {
    after: sentences(
      held ? t("undo_revokes_this") : t("undo_makes_the_request_pending"),
      notify !== false && t("may_be_notified"),
      // The console cannot pass them on; the program that received them can.
      held && t("held_readable", { path: "/api/v1/" + path + "/messages" }),
    ),
    undo: async () => {
      const restored = await isRestored(request);
      if (!restored) await post("allow-from/revoke", key(request));
      after();
      if (restored) return isPendingAgain(request);
      return t("no_longer_admitted_code", { sender: named(request.sender_id) });
    },
  });
}

/** Denies a pending request for 60 minutes, or blocks the sender until unblocked. */
export async function deny(request, block, reason, after = () => {}) {
  await post("pending/" + encodeURIComponent(request.request_id) + "/deny", { block, reason });
  done(t(block ? "blocked_sender" : "denied_sender", { sender: named(request.sender_id) }), {
    after: t("undo_makes_the_request_pending"),
    undo: async () => {
      const text = await restore(request);
      after();
      return text;
    },
  });
}

/** Makes a denied or blocked request pending again. @throws {Error} if it can no longer be undone */
export async function restore(request) {
  if (await isRestored(request)) return isPendingAgain(request);
  throw new Error(t("cannot_undo_again", { sender: named(request.sender_id) }));
}

async function isRestored({ request_id: id }) {
  const { results } = await post("pending/decide", { action: "restore", request_ids: [id] });
  return results[0].result === "done";
}

function isPendingAgain({ sender_id: id }) {
  return t("pending_again", { sender: named(id) });
}

const REQUESTS_DECIDED = { approve: "requests_approved", block: "requests_blocked", deny: "requests_denied" };

/** How many requests one call decides. Larger calls could take longer than a request may. */
const AT_ONCE = 50;

/**
 * Decides about requests, one call after the other, until one fails. Returns the result of each request in `results`, and
 * the error in `error`.
 */
async function inCalls(action, requests, reason) {
  const results = [];
  for (let i = 0; i < requests.length; i += AT_ONCE) {
    const ids = requests.slice(i, i + AT_ONCE).map((one) => one.request_id);
    try {
      const answer = await post("pending/decide", { action, request_ids: ids, reason });
      results.push(...answer.results.map((one) => one.result));
      if (results.at(-1) === "unavailable") break;
    } catch (error) {
      return { results, error };
    }
  }
  return { results, error: null };
}

/**
 * Approves, denies or blocks many pending requests. Shows what was done, and what was not. Undo makes the requests
 * pending again.
 * @param {() => void} after called when Undo is complete
 * @returns {Promise<{gone: object[], rest: object[]}>} the requests that are not pending any more, and those that were
 *   not decided
 */
export async function decideRequests(action, requests, reason, after = () => {}) {
  const { results, error } = await inCalls(action, requests, reason);
  const of = (...kinds) => requests.filter((_, i) => kinds.includes(results[i] ?? "unavailable"));
  const changed = of("done");
  const gone = of("unknown", "expired");
  const rest = of("unavailable");
  const text = sentences(
    t(REQUESTS_DECIDED[action], { count: changed.length }),
    gone.length && t("requests_gone", { senders: some(gone) }),
    rest.length && t("requests_rest", { senders: some(rest), reason: error?.message || t("database_no_answer") }),
  );
  if (!changed.length && error) failed(error);
  else
    done(text, changed.length ? { after: t("undo_makes_them_pending_again"), undo: () => restoreAll(action, changed).finally(after) } : {});
  return { gone: [...changed, ...gone], rest };
}

/** Makes many requests pending again. An approval that cannot be undone in this way is revoked. */
async function restoreAll(action, requests) {
  const { results, error } = await inCalls("restore", requests);
  if (error) throw error;
  const back = requests.filter((_, i) => results[i] === "done");
  const others = requests.filter((_, i) => results[i] !== "done");
  if (action === "approve") for (const one of others) await post("allow-from/revoke", key(one));
  const rest = action === "approve" ? "also_revoked" : "not_undone";
  return sentences(
    t("requests_again", { count: back.length }),
    others.length && t(rest, { senders: some(others) }),
  );
}

/** Joins the sentences that there are. */
function sentences(...all) {
  return all.filter(Boolean).join(" ");
}

/** The first senders by name, and how many more there are. */
function some(requests) {
  return andMore(requests, (one) => named(one.sender_id));
}

/** The first three in words, and how many more there are. */
function andMore(all, words) {
  const names = all.slice(0, 3).map(words).join(t("comma"));
  return all.length > 3 ? t("and_more", { names, count: all.length - 3 }) : names;
}

async function unblocked(sender) {
  await post("blocked/unblock", key(sender));
  return t("can_ask_again", { sender: named(sender.sender_id) });
}

/** Blocks a sender who has no pending request. */
export async function block(sender) {
  const { blocked } = await post("blocked/block", key(sender));
  // Another operator's block must not be undone from here.
  if (!blocked) return done(t("already_blocked", { sender: named(sender.sender_id) }));
  done(t("blocked_sender", { sender: named(sender.sender_id) }), {
    after: t("undo_unblocks_them"),
    undo: () => unblocked(sender),
  });
}

/** Unblocks a sender, or ends a denial. */
export async function unblock(row, after = () => {}) {
  await post("blocked/unblock", key(row));
  if (row.denied_at)
    return done(t("denial_ended", { sender: named(row.sender_id) }), { after: t("their_next_message_gets_a") });
  done(t("unblocked_sender", { sender: named(row.sender_id) }), {
    after: t("their_next_message_gets_a_new"),
    undo: async () => {
      await post("blocked/block", { ...key(row), reason: row.reason });
      after();
      return t("blocked_again", { sender: named(row.sender_id) });
    },
  });
}

/** Revokes a sender. */
export async function revoke(row, after = () => {}) {
  const { revoked } = await post("allow-from/revoke", key(row));
  if (!revoked) return done(t("already_revoked", { sender: named(row.sender_id) }));
  const text = t("revoked_sender", { sender: named(row.sender_id) });
  if (hasEnded(row)) return done(text);
  done(text, {
    after: t("undo_adds_them_again_with"),
    undo: async () => {
      if (hasEnded(row)) throw new Error(t("cannot_undo_the_approval_has"));
      await seed(row, { role: row.role, labels: row.labels, idle_secs: row.idle_secs });
      await restoreTerms(row);
      after();
      return t("admitted_again", { sender: named(row.sender_id) });
    },
  });
}

function hasEnded(row) {
  return Boolean(row.expires_at) && Date.parse(row.expires_at) <= now();
}

/** Restores expiry and note. If that fails, revokes the sender, who would otherwise be admitted without expiry. */
async function restoreTerms(row) {
  if (!row.expires_at && !row.note) return;
  try {
    await post("allow-from/update", { ...key(row), expires_at: row.expires_at, note: row.note });
  } catch (fault) {
    await post("allow-from/revoke", key(row));
    throw fault;
  }
}

/** Adds a sender to the allowed senders, with role, labels and idle time. @throws {Error} with the reason if the server rejects the sender */
async function seed(sender, terms = {}) {
  const { sender_id, ...account } = key(sender);
  const report = await post("allow-from/seed", { ...account, ...terms, sender_ids: [sender_id] });
  if (!report.rejected_count) return;
  const reason = rejection(report.rejected[0].reason, sender.channel);
  throw new Error(t("was_not_added", { sender: named(sender_id), reason }));
}

/** Admits a sender who has no pending request. */
export async function admit(sender, after = () => {}) {
  const before = await get("explain", key(sender));
  if (before.reason === "allow_from") return done(t("already_admitted", { sender: named(sender.sender_id) }));
  await seed(sender);
  done(t("admitted_sender", { sender: named(sender.sender_id) }), {
    after: t("undo_revokes_this"),
    undo: async () => {
      await post("allow-from/revoke", key(sender));
      after();
      return t("no_longer_admitted", { sender: named(sender.sender_id) });
    },
  });
}

const SENDERS_DECIDED = { approve: "senders_approved", block: "senders_blocked", deny: "senders_denied" };

/**
 * Approves, blocks or denies many dropped senders in one call. Undo ends each approval, block or denial that this made.
 * @param {"approve"|"block"|"deny"} action
 * @param {() => void} after called when Undo is complete
 */
export async function decide(action, senders, after = () => {}) {
  const { results } = await post("dropped/decide", {
    action,
    senders: senders.map(({ channel, account_id, sender_id }) => ({ channel, account_id, sender_id })),
  });
  const changed = results.filter((one) => one.result === "done");
  const rejected = results.filter((one) => one.result === "rejected");
  const text = sentences(
    t(SENDERS_DECIDED[action], { count: changed.length }),
    rejected.length && t("rejected_senders", { senders: reasons(rejected) }),
  );
  if (!changed.length) return done(text);
  done(text, {
    after: action === "approve" ? t("undo_revokes_them") : t("undo_lifts_this"),
    undo: async () => {
      const path = action === "approve" ? "allow-from/revoke" : "blocked/unblock";
      for (const one of changed) await post(path, key(one));
      after();
      return t("undone_senders", { count: changed.length });
    },
  });
}

/** The first rejected senders with the reasons. */
function reasons(rejected) {
  return andMore(rejected, (one) =>
    t("sender_and_reason", { sender: named(one.sender_id), reason: rejection(one.reason, one.channel) }),
  );
}
