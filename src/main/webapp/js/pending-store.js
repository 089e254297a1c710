// The pending requests, kept current by the server's events; used by the view and by the number in the navigation.

import { get } from "./api.js";
import { keyText } from "./actions.js";
import { remember } from "./filters.js";
import * as live from "./event-stream.js";
import { now } from "./times.js";
import { news } from "./toasts.js";
import { named } from "./untrusted.js";

/** The maximum number of requests. Further ones are loaded later, when some have been decided. */
const MOST = 300;

const requests = new Map();
const listeners = new Set();
/** How long an attempt to send a challenge may take. */
const SENDING_MILLIS = 5_000;

/** How often the list is loaded while a challenge has not been sent. */
const UNDELIVERED_MILLIS = 10_000;

let later = null;
let trouble = null;
let loaded = false;

/** The requests, oldest first, so that a new one does not move the others. */
export function all() {
  return [...requests.values()].sort(
    (a, b) => a.created_at.localeCompare(b.created_at) || a.request_id.localeCompare(b.request_id),
  );
}

/** The error of the last load or null, and whether the requests have ever been loaded. */
export function status() {
  return { trouble, loaded };
}

/** Subscribes to changes. Returns the function that unsubscribes. */
export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function changed() {
  for (const listener of listeners) listener();
}

/** Loads the list. */
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
  if (all().some((one) => one.undelivered)) loadLater(UNDELIVERED_MILLIS);
}

/** Loads the list once after a while, because no event says that a challenge was sent, or was not. */
function loadLater(millis) {
  later ??= setTimeout(() => {
    later = null;
    if (loaded) load();
  }, millis);
}

/** Removes a request that was decided in this page. */
export function drop(request) {
  if (requests.delete(request.request_id)) changed();
}

/** Removes all requests, because the operator has signed out. */
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
  loadLater(SENDING_MILLIS);
});
for (const type of ["approved", "denied", "blocked"]) live.on(type, decided);

// There is no event for an expired code, because the expiry time is known.
setInterval(() => {
  const before = requests.size;
  for (const one of requests.values())
    if (Date.parse(one.expires_at) <= now()) requests.delete(one.request_id);
  if (requests.size !== before) changed();
}, 1000);
