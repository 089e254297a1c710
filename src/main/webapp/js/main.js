// Starts the page: who is signed in, the frame around the views, and what is said about the connection.

import { onSignedOut, post, whoami } from "./api.js";
import { el, fill } from "./dom.js";
import { icon } from "./icons.js";
import * as live from "./event-stream.js";
import { showLogin } from "./login.js";
import { faultNote } from "./components.js";
import { again, leave, routes } from "./router.js";
import { attempt, clear, news } from "./toasts.js";
import * as waiting from "./pending-store.js";
import * as allowed from "./views/allowed.js";
import * as audit from "./views/audit.js";
import * as blocked from "./views/blocked.js";
import * as dropped from "./views/dropped.js";
import * as explain from "./views/explain.js";
import * as health from "./views/health.js";
import * as more from "./views/more.js";
import * as pair from "./views/pair.js";
import * as pending from "./views/pending.js";
import * as sessions from "./views/sessions.js";

const VIEWS = { pending, allowed, blocked, dropped, pair, sessions, audit, explain, health, more };

/** What the bar shows in this order; on a phone the lesser ones are under More. */
const TABS = [
  ["pending", "Pending", ""],
  ["allowed", "Allowed", ""],
  ["blocked", "Blocked", "lesser"],
  ["dropped", "Dropped", "lesser"],
  ["pair", "Pair", "gap"],
  ["sessions", "Sessions", ""],
  ["audit", "Audit", "lesser gap"],
  ["explain", "Explain", "lesser"],
  ["health", "Health", "lesser"],
  ["more", "More", "only-phone"],
];

const STATES = { live: "Live", connecting: "Connecting…", down: "Not live", off: "" };

const shell = document.getElementById("shell");
const login = document.getElementById("login");
const count = el("span.count", { hidden: true });
let view = "pending";
let inside = false;

function tab([name, title, kind]) {
  const anchor = el(
    "a",
    { href: "#/" + name, "data-tab": name },
    icon(name),
    el("span", {}, title),
    name === "pending" && count,
  );
  return el("li", { class: kind || null }, anchor);
}

function frame() {
  const leaving = el(
    "button",
    { type: "button", onclick: signOut },
    icon("leave"),
    el("span", {}, "Sign out"),
  );
  fill(document.getElementById("tabs"), TABS.map(tab), el("li.parting", {}, leaving));
  document.querySelector(".skip").addEventListener("click", (event) => {
    // The address is the router's.
    event.preventDefault();
    document.getElementById("main").focus();
  });
  document.addEventListener("sign-out", signOut);
}

function entitle() {
  const waits = waiting.all().length;
  count.hidden = waits === 0;
  fill(count, String(waits), el("span.unseen", {}, " waiting"));
  document.title =
    (waits ? "(" + waits + ") " : "") + (inside ? VIEWS[view].title : "Sign in") + " · Nexo pairing";
}

function shownView(name) {
  view = name;
  for (const anchor of document.querySelectorAll("[data-tab]")) {
    const here = anchor.dataset.tab === name;
    if (here) anchor.setAttribute("aria-current", "page");
    else anchor.removeAttribute("aria-current");
  }
  const lesser = TABS.some(([tabName, , kind]) => tabName === name && kind.startsWith("lesser"));
  document.querySelector('[data-tab="more"]').toggleAttribute("data-within", lesser);
  entitle();
}

function showState(state) {
  const line = document.getElementById("live");
  line.dataset.state = state;
  line.textContent = STATES[state];
  if (state === "down") news("Not live: what is shown may be out of date.");
}

/** Lets the operator in; what was shown before a login ran out is there again. */
function enter() {
  inside = true;
  login.hidden = true;
  fill(login);
  shell.hidden = false;
  again();
  // The number beside Pending, where the events cannot be had.
  if (view !== "pending") waiting.load();
  live.start();
  entitle();
}

function ask() {
  if (!login.hidden) return;
  inside = false;
  live.stop();
  shell.hidden = true;
  for (const dialog of document.querySelectorAll("dialog")) dialog.close();
  login.hidden = false;
  showLogin(login, enter);
  entitle();
}

async function signOut() {
  if (!(await attempt(() => post("logout")))) return;
  pair.forget();
  waiting.forget();
  leave();
  clear();
  window.history.replaceState(null, "", "#/pending");
  ask();
  news("Signed out.");
}

async function begin() {
  try {
    if (await whoami()) enter();
    else ask();
  } catch (error) {
    fill(
      login,
      el("section", {}, el("h1", {}, "Nexo pairing"), faultNote(error, el("a", { href: "" }, "Try again"))),
    );
    login.hidden = false;
  }
}

frame();
routes(VIEWS, shownView);
onSignedOut(ask);
live.on("state", showState);
waiting.onChange(entitle);
begin();
