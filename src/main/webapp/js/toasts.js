// Notifications at the bottom of the page: completed actions with Undo, and errors.

import { onAnswer } from "./api.js";
import { button, el } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./i18n.js";

const UNDO_MS = 10_000;
const GLANCE_MS = 5000;
const TICK_MS = 250;
const REJECTED_MS = 20_000;
const MOST = 4;

const place = document.getElementById("toasts");
const newest = [];

/** The errors that notifications show. */
const faults = new WeakMap();

/** Announces something to screen readers only. */
export function news(text) {
  document.getElementById("news").textContent = text;
}

/**
 * Shows that an action is complete. With `undo`, an Undo button is shown for 10 s; the time does not run while the
 * notification is hovered or focused. `after` says what undo does.
 */
export function done(text, { undo = null, after = null } = {}) {
  const bar = undo && el("span.bar", { "aria-hidden": "true" });
  const toast = el("div.toast", {}, el("div", {}, text, after && el("span.after", {}, after)));
  const control = undo
    ? button(t("undo"), () => undone(toast, undo), { "aria-keyshortcuts": "Control+Z", title: t("undo_ctrlz") })
    : closing(toast);
  toast.append(control, bar || "");
  show(toast, undo && control);
  news(undo ? [text, t("press_to_undo"), after].filter(Boolean).join(" ") : text);
}

/**
 * Shows an error until its cause is gone: until the server answers such a request again or, if it rejected the
 * request, for 20 s or until the next action or view. Ignores 401, because the sign-in form appears instead.
 */
export function failed(error) {
  if (error.status === 401) return;
  const toast = el("div.toast", {}, icon("warn"), el("div", {}, error.message));
  toast.append(closing(toast));
  faults.set(toast, error);
  show(toast, null, true);
  if (isRejected(error)) expire(toast, REJECTED_MS);
  document.getElementById("alarm").textContent = error.message;
}

/** Whether the server has judged the request, so that its next answer to another one says nothing about it. */
function isRejected(error) {
  return error.status >= 400 && error.status < 500;
}

/** Removes the errors whose cause is gone. */
function settle(isGone) {
  for (const toast of [...place.children])
    if (faults.has(toast) && isGone(faults.get(toast))) toast.remove();
}

// A server that refuses changes may still answer reads.
onAnswer((change) => settle((error) => !isRejected(error) && (error.status === 0 || change || !error.change)));
window.addEventListener("hashchange", () => settle(isRejected));

function closing(toast) {
  return button(t("close"), () => toast.remove());
}

async function undone(toast, undo) {
  toast.remove();
  try {
    done(await undo());
  } catch (error) {
    failed(error);
  }
}

function show(toast, control, stays = false) {
  for (const old of [...place.children]) if (old.classList.contains("glance")) old.remove();
  while (place.childElementCount >= MOST) place.firstElementChild.remove();
  place.append(toast);
  if (control) newest.push(control);
  if (!control && !stays) toast.classList.add("glance");
  if (!stays) expire(toast, control ? UNDO_MS : GLANCE_MS);
}

function expire(toast, time) {
  let rest = time;
  const clock = setInterval(() => {
    if (!toast.matches(":hover, :focus-within")) rest -= TICK_MS;
    if (rest <= 0 || !toast.isConnected) {
      clearInterval(clock);
      toast.remove();
    }
  }, TICK_MS);
}

/** Runs an action. Shows its error, if any, and returns whether it succeeded. */
export async function attempt(action) {
  settle(isRejected);
  try {
    await action();
    return true;
  } catch (error) {
    failed(error);
    return false;
  }
}

/** Undoes the last action that can still be undone. Returns whether there was one. */
function undoNewest() {
  while (newest.length && !newest.at(-1).isConnected) newest.pop();
  const control = newest.pop();
  control?.click();
  return Boolean(control);
}

/** Removes all notifications, so that the next operator does not see them. */
export function clear() {
  place.replaceChildren();
  newest.length = 0;
}

new ResizeObserver(() =>
  document.documentElement.style.setProperty("--toasts", place.offsetHeight + "px"),
).observe(place);

document.addEventListener("keydown", (event) => {
  const plain =
    (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "z";
  if (!plain || event.target.closest("input, textarea, select, dialog")) return;
  if (undoNewest()) event.preventDefault();
});
