// The pending requests, kept current by the server's events; used by the view and by the number in the navigation.

import { get } from "./api.js";
import { keyText } from "./actions.js";
import { remember } from "./filters.js";
import * as live from "./event-stream.js";
import { now } from "./times.js";
import { news } from "./toasts.js";
import { named } from "./untrusted.js";
import { t } from "./i18n.js";

/** The number of requests that the server sends at once. */
const PAGE = 1000;

/** How long an attempt to send a challenge may take. */
const SENDING_MILLIS = 5_000;

/** How often the list is loaded while a challenge has not been sent. */
const UNDELIVERED_MILLIS = 10_000;

const requests = new Map();
const listeners = new Set();
let later = null;
let trouble = null;
let loaded = false;

/** What has changed while the list is being loaded, or null. It is newer than the loaded pages. */
let meanwhile = null;
let loading = null;
let again = false;

/** Changes when the operator signs out, so that a load that is under way is ignored. */
let turn = 0;

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

/** Loads the whole list, page by page. A call during a load lets that load start again at its end. */
export function load() {
  again = true;
  loading ??= loadAll().finally(() => (loading = null));
  return loading;
}

async function loadAll() {
  while (again) {
    again = false;
    const mine = turn;
    meanwhile = [];
    try {
      const all = await pages();
      if (mine === turn) replace(all);
    } catch (error) {
      if (mine === turn) trouble = error;
    }
    meanwhile = null;
    changed();
  }
  if (all().some((one) => one.undelivered)) loadLater(UNDELIVERED_MILLIS);
}

function replace(all) {
  requests.clear();
  remember(all);
  for (const one of all) requests.set(one.request_id, one);
  for (const change of meanwhile) change();
  trouble = null;
  loaded = true;
}

async function pages() {
  const all = [];
  let cursor;
  do {
    const page = await get("pending", { limit: PAGE, cursor });
    all.push(...page.pending);
    cursor = page.next;
  } while (cursor);
  return all;
}

/** Changes the list, and repeats the change after a load that is under way. */
function apply(change) {
  meanwhile?.push(change);
  change();
  changed();
}

/** Loads the list once after a while, because no event says that a challenge was sent, or was not. */
function loadLater(millis) {
  later ??= setTimeout(() => {
    later = null;
    if (loaded) load();
  }, millis);
}

/** Removes requests that were decided in this page. */
export function drop(...gone) {
  apply(() => gone.forEach((one) => requests.delete(one.request_id)));
}

/** Removes all requests, because the operator has signed out. */
export function forget() {
  turn++;
  requests.clear();
  loaded = false;
  changed();
}

function decided(sender) {
  const gone = keyText(sender);
  const remove = () => {
    const before = requests.size;
    for (const one of requests.values()) if (keyText(one) === gone) requests.delete(one.request_id);
    return requests.size !== before;
  };
  meanwhile?.push(remove);
  if (remove()) changed();
}

live.on("reset", load);
live.on("pending", (request) => {
  if (!request.request_id) return;
  if (!requests.has(request.request_id)) news(t("new_request", { sender: named(request.sender_id) }));
  remember([request]);
  apply(() => requests.set(request.request_id, request));
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
