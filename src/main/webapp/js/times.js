// Times as the browser's language and time zone have them, and what is left until one.

import { el } from "./dom.js";

const DAY = new Intl.DateTimeFormat(navigator.languages, { dateStyle: "medium", timeStyle: "short" });
const HOUR = new Intl.DateTimeFormat(navigator.languages, { timeStyle: "short" });
const EXACT = new Intl.DateTimeFormat(navigator.languages, { dateStyle: "full", timeStyle: "long" });

/** How far the server's clock is ahead of this device's, in milliseconds. */
let ahead = 0;

/** Learns the server's clock from an answer's Date (RFC 9110, 6.6.1), which knows whole seconds only. */
export function noteServerTime(date) {
  const difference = Date.parse(date) - Date.now();
  if (Math.abs(difference) > 2000) ahead = difference;
  else if (!Number.isNaN(difference)) ahead = 0;
}

/** Now, in milliseconds, by the server's clock: that is what expiries are judged by. */
export function now() {
  return Date.now() + ahead;
}

/** A point in time: the hour alone where it is of today. */
export function moment(iso) {
  const date = new Date(iso);
  const today = date.toDateString() === new Date().toDateString();
  return el("time", { datetime: iso, title: EXACT.format(date) }, (today ? HOUR : DAY).format(date));
}

/** What is left until then as h:mm:ss or m:ss; never less than nothing. */
export function left(iso) {
  const seconds = Math.max(0, Math.ceil((Date.parse(iso) - now()) / 1000));
  const two = (n) => String(n).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? minutes + ":" + two(seconds % 60)
    : Math.floor(minutes / 60) + ":" + two(minutes % 60) + ":" + two(seconds % 60);
}

/** Shows what is left until then, each second, for as long as it is on the page; calls `end` when nothing is. */
export function countdown(iso, end = () => {}) {
  const node = el("span", { role: "timer" }, left(iso));
  let seen = false;
  const clock = setInterval(() => {
    seen ||= node.isConnected;
    if (seen && !node.isConnected) return clearInterval(clock);
    node.textContent = left(iso);
    node.classList.toggle("soon", Date.parse(iso) - now() < 60_000);
    if (Date.parse(iso) <= now()) {
      clearInterval(clock);
      end();
    }
  }, 1000);
  return node;
}

/** A time of the server's as a field for local times takes it. */
export function toField(iso) {
  if (!iso) return "";
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The other way round; nothing for an empty field. */
export function fromField(value) {
  return value ? new Date(value).toISOString() : undefined;
}

/** The name of the zone that fields for times are in. */
export function zone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
