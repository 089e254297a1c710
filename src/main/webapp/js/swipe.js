// A swipe with a finger on a row: to the right approves, to the left denies, in every language. At the end of the swipe, the
// script presses the row's button, so that a swipe and a tap on the button have the same effect.

import { el } from "./dom.js";
import { icon } from "./icons.js";

/**
 * START is the movement, in pixels, that begins a swipe. A swipe decides if it is as long as SHARE of the row's width, but at
 * least LEAST and at most MOST pixels.
 */
const START = 12;
const LEAST = 96;
const MOST = 160;
const SHARE = 0.35;

/** The width of the screen's edges, in pixels. Phones use swipes that begin there to go back. */
const EDGE = 20;

/** The scale above which the page is zoomed: a finger then moves the page sideways, to read it. */
const ZOOMED = 1.01;

/** Ends the gesture in progress, of whichever row. */
let cancelCurrent = () => {};

// A second finger ends a gesture, wherever it is put down.
document.addEventListener("pointerdown", (event) => event.isPrimary || cancelCurrent(), { capture: true });

/** Fields, in which a finger moves the cursor. */
const FIELDS = "input:not([type=checkbox]), select, textarea";

/**
 * Lets a row be swiped. The style sheet leaves vertical movements to the browser ("touch-action"), which then ends the
 * gesture with "pointercancel".
 * @param {HTMLElement} row
 * @param {{right: HTMLButtonElement, left: HTMLButtonElement}} buttons the buttons that a swipe presses
 */
export function swipes(row, { right, left }) {
  const cue = el("div.cue", { "aria-hidden": "true", hidden: true });
  let gesture = null;
  let ended = -Infinity;

  const needed = () => Math.min(Math.max(row.clientWidth * SHARE, LEAST), MOST);
  const targetOf = (dx) => (dx > 0 ? right : left);

  function begin(event) {
    if (gesture) return cancel();
    if ((window.visualViewport?.scale ?? 1) > ZOOMED) return;
    const x = event.clientX;
    if (event.pointerType !== "touch" || !event.isPrimary || event.target.closest(FIELDS)) return;
    if (x < EDGE || x > window.innerWidth - EDGE) return;
    // As for a tap: the row may just have moved under the finger.
    if (row.parentNode.hasAttribute("data-settling")) return;
    gesture = { id: event.pointerId, x, y: event.clientY, dx: 0, active: false };
    cancelCurrent = cancel;
  }

  function move(event) {
    if (gesture?.id !== event.pointerId) return;
    gesture.dx = event.clientX - gesture.x;
    const dy = Math.abs(event.clientY - gesture.y);
    if (dy > Math.max(START, Math.abs(gesture.dx) / 2)) return cancel();
    if (!gesture.active) {
      if (Math.abs(gesture.dx) < START) return;
      gesture.active = true;
      row.setPointerCapture(gesture.id);
    }
    show(gesture.dx);
  }

  function end(event) {
    if (gesture?.id !== event.pointerId) return;
    const { active, dx } = gesture;
    cancel();
    if (active) ended = event.timeStamp;
    if (active && Math.abs(dx) >= needed() && row.isConnected) targetOf(dx).click();
  }

  function cancel() {
    gesture = null;
    cue.hidden = true;
    row.style.removeProperty("--swipe");
  }

  function show(dx) {
    const action = dx > 0 ? "right" : "left";
    if (cue.dataset.swipe !== action) {
      cue.dataset.swipe = action;
      const { textContent } = targetOf(dx);
      cue.replaceChildren(icon(dx > 0 ? "yes" : "no"), el("span", {}, textContent));
    }
    cue.classList.toggle("armed", Math.abs(dx) >= needed());
    cue.hidden = false;
    row.style.setProperty("--swipe", dx + "px");
  }

  row.append(cue);
  row.addEventListener("pointerdown", begin);
  row.addEventListener("pointermove", move);
  row.addEventListener("pointerup", end);
  row.addEventListener("pointercancel", cancel);
  // The browser's own click at the end of a swipe must not press what the finger began on.
  row.addEventListener(
    "click",
    (event) => {
      if (!event.isTrusted || event.timeStamp - ended > 50) return;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );
}
