// What an operator does about a sender: sent at once, so that a phone that locks loses nothing. Undoing is a second call.

import { get, post } from "./api.js";
import { now } from "./times.js";
import { done } from "./toasts.js";
import { named } from "./untrusted.js";

/** The fields by which a sender is known. */
export function key({ channel, account_id, sender_id }) {
  return { channel, account_id, sender_id };
}

/** One text for the same fields. */
export function keyText({ channel, account_id, sender_id }) {
  return JSON.stringify([channel, account_id, sender_id]);
}

/** Lets a waiting sender in. */
export async function approve(request, { notify, expires_at, note } = {}) {
  await post("pending/" + encodeURIComponent(request.request_id) + "/approve", {
    notify: notify || undefined,
    expires_at,
    note,
  });
  done("Approved " + named(request.sender_id) + ".", {
    after:
      "Undo takes that back. The request is used up, so they would have to write again." +
      (notify ? " They have been told already." : ""),
    undo: async () => {
      await post("allow-from/revoke", key(request));
      return named(request.sender_id) + " is not let in. When they write again they get a new code.";
    },
  });
}

/** Turns a waiting sender down, for a while or, blocked, for good. */
export async function deny(request, block) {
  await post("pending/" + encodeURIComponent(request.request_id) + "/deny", { block });
  done((block ? "Blocked " : "Denied ") + named(request.sender_id) + ".", {
    after: "Undo lets them ask again. The request is used up, so they have to write again.",
    undo: () => unblocked(request),
  });
}

async function unblocked(sender) {
  await post("blocked/unblock", key(sender));
  return named(sender.sender_id) + " may write again and then gets a new code.";
}

/** Blocks a sender who is not waiting. */
export async function block(sender) {
  const { blocked } = await post("blocked/block", key(sender));
  // What somebody else has done is not ours to undo.
  if (!blocked) return done(named(sender.sender_id) + " was blocked already.");
  done("Blocked " + named(sender.sender_id) + ".", {
    after: "Undo lets them ask again.",
    undo: () => unblocked(sender),
  });
}

/** Ends a block. */
export async function unblock(row, after = () => {}) {
  await post("blocked/unblock", key(row));
  done("Unblocked " + named(row.sender_id) + ".", {
    after: "They may write again and then get a new code. Undo blocks them again.",
    undo: async () => {
      await post("blocked/block", { ...key(row), reason: row.reason });
      after();
      return named(row.sender_id) + " is blocked again.";
    },
  });
}

/** Takes back that a sender is let in. */
export async function revoke(row, after = () => {}) {
  const { revoked } = await post("allow-from/revoke", key(row));
  if (!revoked) return done(named(row.sender_id) + " was revoked already.");
  if (hasEnded(row)) return done("Revoked " + named(row.sender_id) + ".");
  done("Revoked " + named(row.sender_id) + ".", {
    after: "Undo lets them in again, as added by hand.",
    undo: async () => {
      if (hasEnded(row)) throw new Error("The time they were let in for has ended meanwhile.");
      await seed(row);
      await restoreTerms(row);
      after();
      return named(row.sender_id) + " is let in again.";
    },
  });
}

function hasEnded(row) {
  return Boolean(row.expires_at) && Date.parse(row.expires_at) <= now();
}

/** Gives end and note back. Where that fails they are out again: they were never to be let in for good. */
async function restoreTerms(row) {
  if (!row.expires_at && !row.note) return;
  try {
    await post("allow-from/update", { ...key(row), expires_at: row.expires_at, note: row.note });
  } catch (fault) {
    await post("allow-from/revoke", key(row));
    throw fault;
  }
}

/** Lets a sender in by name. @throws {Error} with the server's reason where it takes no such sender */
async function seed(sender) {
  const { sender_id, ...account } = key(sender);
  const report = await post("allow-from/seed", { ...account, sender_ids: [sender_id] });
  if (report.rejected_count)
    throw new Error(named(sender_id) + " was not taken: " + report.rejected[0].reason);
}

/** The same as something an operator does, with the way back. */
export async function letIn(sender, after = () => {}) {
  const before = await get("explain", key(sender));
  if (before.reason === "allow_from") return done(named(sender.sender_id) + " is let in already.");
  await seed(sender);
  done("Let in " + named(sender.sender_id) + ".", {
    after: "Undo revokes that.",
    undo: async () => {
      await post("allow-from/revoke", key(sender));
      after();
      return named(sender.sender_id) + " is not let in.";
    },
  });
}
