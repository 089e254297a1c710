// The server's events, over a connection that is made again whenever it is lost.

import { Fault, fault, request } from "./api.js";
import { SseParser } from "./sse.js";

/** The server says something every 15 s; after twice that and a little nothing is there any more. */
const SILENCE_MS = 35_000;
const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 30_000;

const listeners = new Map();
let lastEventId = "";
let state = "off";
let attempt = null;
let timer = 0;
let failures = 0;

/** Calls this for each event of a type, or for "state" with live, connecting, down or off; gives the way to stop. */
export function on(type, listener) {
  if (!listeners.has(type)) listeners.set(type, new Set());
  listeners.get(type).add(listener);
  return () => listeners.get(type).delete(listener);
}

function tell(type, value) {
  for (const listener of listeners.get(type) || []) listener(value);
}

function become(next) {
  if (state === next) return;
  state = next;
  tell("state", next);
}

/** Whether what is shown is what is. */
export function isLive() {
  return state === "live";
}

/** Connects, unless it is or is about to be. */
export function start() {
  if (attempt === null) connect();
}

/** Ends the connection; what comes after a new start may be another operator's. */
export function stop() {
  clearTimeout(timer);
  attempt?.abort();
  attempt = null;
  lastEventId = "";
  failures = 0;
  become("off");
}

async function connect() {
  clearTimeout(timer);
  const mine = new AbortController();
  attempt = mine;
  if (state !== "down") become("connecting");
  let wait = FIRST_WAIT_MS;
  try {
    wait = (await listen(mine)) ?? FIRST_WAIT_MS;
  } catch (error) {
    if (attempt !== mine) return;
    if (error instanceof Fault && error.status === 401) return stop();
    failures++;
    wait = Math.max(
      (error.retryAfter || 0) * 1000,
      Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1)),
    );
    become("down");
  }
  if (attempt !== mine) return;
  if (state === "live") become("connecting");
  // Not all consoles at the same moment, after a restart of the server.
  timer = setTimeout(connect, wait * (0.75 + Math.random() / 2));
}

/** Reads one connection to its end; gives how long the server wants waited, or null. */
async function listen(mine) {
  const resume = lastEventId !== "";
  let silence = setTimeout(() => mine.abort(), SILENCE_MS);
  try {
    const headers = { Accept: "text/event-stream", ...(resume && { "Last-Event-ID": lastEventId }) };
    const response = await request("events", { headers, signal: mine.signal });
    if (!response.ok) throw await refused(response);
    failures = 0;
    become("live");
    if (!resume) tell("reset", {});
    const parser = new SseParser();
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    const reader = response.body.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      clearTimeout(silence);
      silence = setTimeout(() => mine.abort(), SILENCE_MS);
      parser.push(decoder.decode(next.value, { stream: true })).forEach(pass);
      lastEventId = parser.lastEventId || lastEventId;
    }
    return parser.retry;
  } finally {
    clearTimeout(silence);
  }
}

async function refused(response) {
  // An id that the server does not know any more must not be tried for ever.
  if (response.status === 400) lastEventId = "";
  return fault(response);
}

function pass(event) {
  try {
    tell(event.type, JSON.parse(event.data));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
}

/** Tries at once: the screen is looked at again, or the network is back. */
export function hurry() {
  if (attempt === null || state === "live") return;
  attempt.abort();
  connect();
}

/** Lets go of the connection without a word; hurry makes it again. */
function rest() {
  if (attempt === null) return;
  clearTimeout(timer);
  attempt.abort();
  // The one that was broken off must not try again by itself.
  attempt = new AbortController();
  become("connecting");
}

// A page that was left may be kept for the button back, with its connection, of which a browser has six a host.
window.addEventListener("pagehide", rest);
window.addEventListener("pageshow", hurry);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && hurry());
window.addEventListener("online", hurry);
// Without a network a connection can stay silent for long before it breaks.
window.addEventListener("offline", () => attempt?.abort());
