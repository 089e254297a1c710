// What was done, and the way back, at the foot of the page; and what did not work.

import { button, el } from "./dom.js";
import { icon } from "./icons.js";

const UNDO_MS = 10_000;
const GLANCE_MS = 5000;
const TICK_MS = 250;
const MOST = 4;

const place = document.getElementById("toasts");
const newest = [];

/** Says something to screen readers alone. */
export function news(text) {
  document.getElementById("news").textContent = text;
}

/**
 * Says what was done. With `undo`, there is a button for 10 s; they stand still while it is pointed at or has the
 * focus. What undoing means is said in `after`.
 */
export function done(text, { undo = null, after = null } = {}) {
  const bar = undo && el("span.bar", { "aria-hidden": "true" });
  const toast = el("div.toast", {}, el("div", {}, text, after && el("span.after", {}, after)));
  const control = undo
    ? button("Undo", () => undone(toast, undo), { "aria-keyshortcuts": "Control+Z", title: "Undo (Ctrl+Z)" })
    : closing(toast);
  toast.append(control, bar || "");
  show(toast, undo && control);
  news(text + (undo ? " Undo with Control Z. " + (after || "") : ""));
}

/** Says what did not work, until it is closed. Nothing where a login will follow, which says enough. */
export function failed(error) {
  if (error.status === 401) return;
  const toast = el("div.toast", {}, icon("warn"), el("div", {}, error.message));
  toast.append(closing(toast));
  show(toast, null, true);
  document.getElementById("alarm").textContent = error.message;
}

function closing(toast) {
  return button("Close", () => toast.remove());
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

/** Runs an action; what goes wrong is said, and then it is false. */
export async function attempt(action) {
  try {
    await action();
    return true;
  } catch (error) {
    failed(error);
    return false;
  }
}

/** Undoes what was done last, if it still can be. */
function undoNewest() {
  while (newest.length && !newest.at(-1).isConnected) newest.pop();
  const control = newest.pop();
  control?.click();
  return Boolean(control);
}

/** Takes away what one operator did before another one looks. */
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
