// Times in the browser's language and time zone, and countdowns.

import { el } from "./dom.js";
import { locales, t } from "./i18n.js";

const DAY = new Intl.DateTimeFormat(locales, { dateStyle: "medium", timeStyle: "short" });
const HOUR = new Intl.DateTimeFormat(locales, { timeStyle: "short" });
const EXACT = new Intl.DateTimeFormat(locales, { dateStyle: "full", timeStyle: "long" });

/** How far the server's clock is ahead of this device's clock, in milliseconds. */
let ahead = 0;

/** Sets the server's clock from a response's Date header (RFC 9110, 6.6.1), which has a resolution of 1 s. */
export function noteServerTime(date) {
  const difference = Date.parse(date) - Date.now();
  if (Math.abs(difference) > 2000) ahead = difference;
  else if (!Number.isNaN(difference)) ahead = 0;
}

/** The current time by the server's clock, in milliseconds. Expiry times are compared with it. */
export function now() {
  return Date.now() + ahead;
}

/** A point in time; without the date if it is today. */
export function moment(iso) {
  const date = new Date(iso);
  const today = date.toDateString() === new Date().toDateString();
  return el("time", { datetime: iso, title: EXACT.format(date) }, (today ? HOUR : DAY).format(date));
}

/** The hour that begins at a time. */
export function hourOf(iso) {
  return HOUR.format(new Date(iso));
}

/** The time left as h:mm:ss or m:ss; 0:00 if it has passed. */
export function left(iso) {
  const seconds = Math.max(0, Math.ceil((Date.parse(iso) - now()) / 1000));
  const two = (n) => String(n).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? minutes + ":" + two(seconds % 60)
    : Math.floor(minutes / 60) + ":" + two(minutes % 60) + ":" + two(seconds % 60);
}

/** A countdown that is updated every second while it is in the page. Calls `end` when the time has passed. */
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

/** A time as the value of a datetime-local field. */
export function toField(iso) {
  if (!iso) return "";
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The value of a datetime-local field as an RFC 3339 time; undefined if the field is empty. */
export function fromField(value) {
  return value ? new Date(value).toISOString() : undefined;
}

/** A hint that names the time zone of datetime-local fields. */
export function zoneHint() {
  return t("zone_hint", { zone: Intl.DateTimeFormat().resolvedOptions().timeZone });
}
