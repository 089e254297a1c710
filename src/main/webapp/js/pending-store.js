// Who waits: one list for the page and the number beside its name, kept by the server's events.

import { get } from "./api.js";
import { keyText } from "./actions.js";
import { remember } from "./filters.js";
import * as live from "./event-stream.js";
import { now } from "./times.js";
import { news } from "./toasts.js";
import { named } from "./untrusted.js";

/** More than this nobody reads; the rest comes when these are done. */
const MOST = 300;

const requests = new Map();
const listeners = new Set();
let trouble = null;
let loaded = false;

/** The requests, oldest first, so that a new one moves none of the others under a finger. */
export function all() {
  return [...requests.values()].sort(
    (a, b) => a.created_at.localeCompare(b.created_at) || a.request_id.localeCompare(b.request_id),
  );
}

/** What went wrong when they were last asked for, or null; and whether they were ever told. */
export function status() {
  return { trouble, loaded };
}

/** Calls this after each change; gives the way to stop. */
export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function changed() {
  for (const listener of listeners) listener();
}

/** Asks for the whole list. */
export async function load() {
  try {
    const { pending } = await get("pending", { limit: MOST });
    requests.clear();
    remember(pending);
    for (const one of pending) requests.set(one.request_id, one);
    trouble = null;
    loaded = true;
  } catch (error) {
    trouble = error;
  }
  changed();
}

/** Takes one out: it was decided here. */
export function drop(request) {
  if (requests.delete(request.request_id)) changed();
}

/** Forgets all of them: the operator has signed out. */
export function forget() {
  requests.clear();
  loaded = false;
  changed();
}

function decided(sender) {
  const gone = keyText(sender);
  for (const one of requests.values()) if (keyText(one) === gone) requests.delete(one.request_id);
  changed();
}

live.on("reset", load);
live.on("pending", (request) => {
  if (!request.request_id || requests.size >= MOST) return;
  if (!requests.has(request.request_id)) news("New request from " + named(request.sender_id));
  requests.set(request.request_id, request);
  remember([request]);
  changed();
});
for (const type of ["approved", "denied", "blocked"]) live.on(type, decided);

// The contract has no event for a code that has run out: its time is known.
setInterval(() => {
  const before = requests.size;
  for (const one of requests.values())
    if (Date.parse(one.expires_at) <= now()) requests.delete(one.request_id);
  if (requests.size !== before) changed();
}, 1000);
