// The server's event stream, with automatic reconnection.

import { Fault, fault, request } from "./api.js";
import { SseParser } from "./sse.js";

/** The server sends a comment every 15 s. After two missed ones the connection is treated as lost. */
const SILENCE_MS = 35_000;
/** Without a comment for this long, something between here and the server holds the stream back. */
const LATE_MS = 20_000;
/** How often the lists are read while the stream delivers nothing. */
const POLL_MS = 10_000;
const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 30_000;

const SILENT = "silent";

const listeners = new Map();
let lastEventId = "";
let state = "off";
let attempt = null;
let timer = 0;
let failures = 0;
let polls = 0;

/** The time of the last bytes of this connection, or null if it has delivered nothing. */
let heard = null;

/** Whether the stream was held back. Then its first bytes prove nothing: a proxy may pass on these alone. */
let held = false;

/** Subscribes to an event type, or to "state" (live, connecting, polling, down, off). Returns the function that unsubscribes. */
export function on(type, listener) {
  if (!listeners.has(type)) listeners.set(type, new Set());
  listeners.get(type).add(listener);
  return () => listeners.get(type).delete(listener);
}

function emit(type, value) {
  for (const listener of listeners.get(type) || []) listener(value);
}

function become(next) {
  if (state === next) return;
  state = next;
  emit("state", next);
}

/** Whether the connection is open, so that the lists are current. */
export function isLive() {
  return state === "live";
}

/** Connects, unless already connected or connecting. */
export function start() {
  if (attempt !== null) return;
  clearInterval(polls);
  polls = setInterval(pollIfLate, POLL_MS);
  connect();
}

/** Lets the lists be read again if the stream does not deliver. */
function pollIfLate() {
  if (heard !== null && performance.now() - heard >= LATE_MS) held = true;
  if (heard !== null && !held) return;
  if (state !== "down") become("polling");
  emit("reset", {});
}

/** Closes the connection and forgets the last event id, because the next sign-in may be another operator's. */
export function stop() {
  clearTimeout(timer);
  clearInterval(polls);
  attempt?.abort();
  attempt = null;
  heard = null;
  held = false;
  lastEventId = "";
  failures = 0;
  become("off");
}

async function connect() {
  clearTimeout(timer);
  const mine = new AbortController();
  attempt = mine;
  heard = null;
  if (state !== "down" && state !== "polling") become("connecting");
  let wait = FIRST_WAIT_MS;
  try {
    wait = (await listen(mine)) ?? FIRST_WAIT_MS;
  } catch (error) {
    if (attempt !== mine) return;
    if (error instanceof Fault && error.status === 401) return stop();
    if (mine.signal.reason === SILENT) held = true;
    // Something ends the stream every few seconds. What it has missed follows with the next connection.
    const broken = heard !== null && !held && navigator.onLine;
    failures++;
    wait = Math.max(
      (error.retryAfter || 0) * 1000,
      Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1)),
    );
    // A server that answers other requests is not down: a proxy holds the stream back.
    if (!broken) become(mine.signal.reason === SILENT ? "polling" : "down");
  }
  if (attempt !== mine) return;
  heard = null;
  if (state === "live") become("connecting");
  // Random, so that not all consoles reconnect at the same moment after a restart of the server.
  timer = setTimeout(connect, wait * (0.75 + Math.random() / 2));
}

/** Reads one connection to its end. Returns the server's `retry` in milliseconds, or null. */
async function listen(mine) {
  const resume = lastEventId !== "";
  const giveUp = () => mine.abort(SILENT);
  let silence = setTimeout(giveUp, SILENCE_MS);
  try {
    const headers = { Accept: "text/event-stream", ...(resume && { "Last-Event-ID": lastEventId }) };
    const response = await request("events", { headers, signal: mine.signal });
    if (!response.ok) throw await refused(response);
    if (!resume) emit("reset", {});
    const parser = new SseParser();
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    const reader = response.body.getReader();
    let pieces = 0;
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      clearTimeout(silence);
      silence = setTimeout(giveUp, SILENCE_MS);
      heard = performance.now();
      failures = 0;
      pieces++;
      if (pieces > 1) held = false;
      if (!held) become("live");
      parser.push(decoder.decode(next.value, { stream: true })).forEach(pass);
      lastEventId = parser.lastEventId || lastEventId;
    }
    return parser.retry;
  } finally {
    clearTimeout(silence);
  }
}

async function refused(response) {
  // The server rejects this id, so another attempt with it would fail again.
  if (response.status === 400) lastEventId = "";
  return fault(response);
}

function pass(event) {
  try {
    emit(event.type, JSON.parse(event.data));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
}

/** Reconnects at once, for instance when the page becomes visible or the network is back. */
export function hurry() {
  if (attempt === null || state === "live") return;
  attempt.abort();
  connect();
}

/** Closes the connection until hurry() is called. */
function rest() {
  if (attempt === null) return;
  clearTimeout(timer);
  attempt.abort();
  // A new controller keeps the aborted attempt from reconnecting.
  attempt = new AbortController();
  become("connecting");
}

// The browser may keep a page for the back button, with its connection. It allows six connections to a host.
window.addEventListener("pagehide", rest);
window.addEventListener("pageshow", hurry);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && hurry());
window.addEventListener("online", hurry);
// Without a network, the browser may report the broken connection only much later.
window.addEventListener("offline", () => attempt?.abort());
