// Actions on senders. Each is sent at once, so that nothing is lost if the phone locks. Undo is a second call.

import { get, post } from "./api.js";
import { rejection } from "./labels.js";
import { now } from "./times.js";
import { done, failed } from "./toasts.js";
import { named } from "./untrusted.js";

/** The fields that identify a sender. The id is exact: strangers may choose one that begins with a channel and an account. */
export function key({ channel, account_id, sender_id }) {
  return { channel, account_id, sender_id, exact: true };
}

/** The fields that identify a sender, as one string. */
export function keyText({ channel, account_id, sender_id }) {
  return JSON.stringify([channel, account_id, sender_id]);
}

/** Approves a pending request. */
export async function approve(request, { notify, ...terms } = {}) {
  const path = "pending/" + encodeURIComponent(request.request_id);
  const { held } = await post(path + "/approve", { notify, ...terms });
  done("Approved " + named(request.sender_id) + ".", {
    after:
      (held ? "Undo revokes this." : "Undo makes the request pending again.") +
      (notify === false ? "" : " They may have been notified already.") +
      // The console cannot pass them on; the program that received them can.
      (held ? " What they wrote can be read for 24 hours at /api/v1/" + path + "/messages." : ""),
    undo: async () => {
      if (await isRestored(request)) return isPendingAgain(request);
      await post("allow-from/revoke", key(request));
      return named(request.sender_id) + " is no longer admitted. Their next message gets a new code.";
    },
  });
}

/** Denies a pending request for 60 minutes, or blocks the sender until unblocked. */
export async function deny(request, block, reason) {
  await post("pending/" + encodeURIComponent(request.request_id) + "/deny", { block, reason });
  done((block ? "Blocked " : "Denied ") + named(request.sender_id) + ".", {
    after: "Undo makes the request pending again.",
    undo: () => restore(request),
  });
}

/** Makes a denied or blocked request pending again. @throws {Error} if it can no longer be undone */
export async function restore(request) {
  if (await isRestored(request)) return isPendingAgain(request);
  throw new Error("Cannot undo: " + named(request.sender_id) + " was decided about again, or the time for it is over.");
}

async function isRestored({ request_id: id }) {
  const { results } = await post("pending/decide", { action: "restore", request_ids: [id] });
  return results[0].result === "done";
}

function isPendingAgain({ sender_id: id }) {
  return named(id) + " is pending again, with the same code.";
}

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
 * @returns {Promise<{gone: object[], rest: object[]}>} the requests that are not pending any more, and those that were
 *   not decided
 */
export async function decideRequests(action, requests, reason) {
  const { results, error } = await inCalls(action, requests, reason);
  const of = (...kinds) => requests.filter((_, i) => kinds.includes(results[i] ?? "unavailable"));
  const changed = of("done");
  const gone = of("unknown", "expired");
  const rest = of("unavailable");
  const parts = [changed.length || !error ? DECIDED[action] + " " + many(changed.length) + "." : ""];
  if (gone.length) parts.push("Decided elsewhere or expired: " + some(gone) + ".");
  if (rest.length) parts.push("Not decided: " + some(rest) + ". " + (error?.message || "The database did not answer. Try again."));
  const text = parts.filter(Boolean).join(" ");
  if (!changed.length && error) failed(error);
  else
    done(text, changed.length ? { after: "Undo makes them pending again.", undo: () => restoreAll(action, changed) } : {});
  return { gone: [...changed, ...gone], rest };
}

/** Makes many requests pending again. An approval that cannot be undone in this way is revoked. */
async function restoreAll(action, requests) {
  const { results, error } = await inCalls("restore", requests);
  if (error) throw error;
  const back = requests.filter((_, i) => results[i] === "done");
  const others = requests.filter((_, i) => results[i] !== "done");
  if (action === "approve") for (const one of others) await post("allow-from/revoke", key(one));
  const rest = !others.length
    ? ""
    : action === "approve"
      ? " Revoked: " + some(others) + "."
      : " Not undone: " + some(others) + ".";
  return many(back.length) + (back.length === 1 ? " is" : " are") + " pending again." + rest;
}

function many(count) {
  return count === 1 ? "1 request" : count + " requests";
}

/** The first senders by name, and how many more there are. */
function some(requests) {
  const shown = requests.slice(0, 3).map((one) => named(one.sender_id));
  return shown.join(", ") + (requests.length > 3 ? " and " + (requests.length - 3) + " more" : "");
}

async function unblocked(sender) {
  await post("blocked/unblock", key(sender));
  return named(sender.sender_id) + " can ask again. Their next message gets a new code.";
}

/** Blocks a sender who has no pending request. */
export async function block(sender) {
  const { blocked } = await post("blocked/block", key(sender));
  // Another operator's block must not be undone from here.
  if (!blocked) return done(named(sender.sender_id) + " was already blocked.");
  done("Blocked " + named(sender.sender_id) + ".", {
    after: "Undo unblocks them.",
    undo: () => unblocked(sender),
  });
}

/** Unblocks a sender, or ends a denial. */
export async function unblock(row, after = () => {}) {
  await post("blocked/unblock", key(row));
  if (row.denied_at)
    return done("Ended the denial of " + named(row.sender_id) + ".", { after: "Their next message gets a new code." });
  done("Unblocked " + named(row.sender_id) + ".", {
    after: "Their next message gets a new code. Undo blocks them again.",
    undo: async () => {
      await post("blocked/block", { ...key(row), reason: row.reason });
      after();
      return named(row.sender_id) + " is blocked again.";
    },
  });
}

/** Revokes a sender. */
export async function revoke(row, after = () => {}) {
  const { revoked } = await post("allow-from/revoke", key(row));
  if (!revoked) return done(named(row.sender_id) + " was already revoked.");
  if (hasEnded(row)) return done("Revoked " + named(row.sender_id) + ".");
  done("Revoked " + named(row.sender_id) + ".", {
    after: "Undo adds them again, with the same role, labels, expiry and note.",
    undo: async () => {
      if (hasEnded(row)) throw new Error("Cannot undo: the approval has expired.");
      await seed(row, { role: row.role, labels: row.labels, idle_secs: row.idle_secs });
      await restoreTerms(row);
      after();
      return named(row.sender_id) + " is admitted again.";
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
  throw new Error(named(sender_id) + " was not added: " + reason + ".");
}

/** Admits a sender who has no pending request. */
export async function admit(sender, after = () => {}) {
  const before = await get("explain", key(sender));
  if (before.reason === "allow_from") return done(named(sender.sender_id) + " is already admitted.");
  await seed(sender);
  done("Admitted " + named(sender.sender_id) + ".", {
    after: "Undo revokes this.",
    undo: async () => {
      await post("allow-from/revoke", key(sender));
      after();
      return named(sender.sender_id) + " is no longer admitted.";
    },
  });
}

const DECIDED = { approve: "Approved", block: "Blocked", deny: "Denied" };

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
  const text =
    DECIDED[action] + " " + people(changed.length) + "." + (rejected.length ? " Rejected: " + reasons(rejected) + "." : "");
  if (!changed.length) return done(text);
  done(text, {
    after: action === "approve" ? "Undo revokes them." : "Undo lifts this.",
    undo: async () => {
      const path = action === "approve" ? "allow-from/revoke" : "blocked/unblock";
      for (const one of changed) await post(path, key(one));
      after();
      return "Undone for " + people(changed.length) + ".";
    },
  });
}

function people(count) {
  return count === 1 ? "1 sender" : count + " senders";
}

/** The first rejected senders with the reasons. */
function reasons(rejected) {
  const shown = rejected.slice(0, 3).map((one) => named(one.sender_id) + " (" + rejection(one.reason, one.channel) + ")");
  return shown.join(", ") + (rejected.length > 3 ? " and " + (rejected.length - 3) + " more" : "");
}
