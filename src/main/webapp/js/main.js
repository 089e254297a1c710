// Starts the page: sign-in, navigation and connection state.

import { onSignedOut, post, whoami } from "./api.js";
import { el, fill } from "./dom.js";
import { icon } from "./icons.js";
import * as live from "./event-stream.js";
import { showLogin } from "./login.js";
import { faultNote } from "./components.js";
import { languageField } from "./language-field.js";
import { close, reload, routes } from "./router.js";
import { attempt, clear, news } from "./toasts.js";
import * as push from "./push.js";
import * as waiting from "./pending-store.js";
import * as activity from "./views/activity.js";
import * as allowed from "./views/allowed.js";
import * as audit from "./views/audit.js";
import * as blocked from "./views/blocked.js";
import * as denied from "./views/denied.js";
import * as dropped from "./views/dropped.js";
import * as explain from "./views/explain.js";
import * as health from "./views/health.js";
import * as more from "./views/more.js";
import * as notices from "./views/notices.js";
import * as pair from "./views/pair.js";
import * as pending from "./views/pending.js";
import * as policies from "./views/policies.js";
import * as review from "./views/review.js";
import * as sessions from "./views/sessions.js";
import * as texts from "./views/texts.js";
import { t } from "./i18n.js";

const VIEWS = {
  pending,
  allowed,
  review,
  denied,
  blocked,
  dropped,
  pair,
  sessions,
  activity,
  audit,
  explain,
  policies,
  notices,
  texts,
  health,
  more,
};

/** The navigation bar, in this order. On a phone the "lesser" tabs are under More. */
const TABS = [
  ["pending", t("pending"), ""],
  ["allowed", t("allowed"), ""],
  ["review", t("review"), "lesser"],
  ["denied", t("denied"), "lesser"],
  ["blocked", t("blocked"), "lesser"],
  ["dropped", t("dropped"), "lesser"],
  ["pair", t("pair"), "gap"],
  ["sessions", t("sessions"), ""],
  ["activity", t("activity"), "lesser gap"],
  ["audit", t("audit"), "lesser"],
  ["explain", t("explain"), "lesser"],
  ["policies", t("policies"), "lesser"],
  ["notices", t("notifications"), "lesser"],
  ["texts", t("texts"), "lesser"],
  ["health", t("health"), "lesser"],
  ["more", t("more"), "only-phone"],
];

/** The name of the product, in every language. */
const PRODUCT = "Nexo pairing";

const STATES = {
  live: t("live"),
  connecting: t("connecting"),
  polling: t("updated_every_10_s"),
  down: t("disconnected"),
  off: "",
};

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
  document.querySelector(".skip").textContent = t("skip");
  document.querySelector(".tabs").setAttribute("aria-label", t("main_navigation"));
  document.getElementById("toasts").setAttribute("aria-label", t("notifications"));
  const signOutButton = el(
    "button",
    { type: "button", onclick: signOut },
    icon("leave"),
    el("span", {}, t("sign_out")),
  );
  fill(document.getElementById("tabs"), TABS.map(tab), el("li.parting", {}, languageField(), signOutButton));
  document.querySelector(".skip").addEventListener("click", (event) => {
    // Following the link would change the hash, which the router reads as a view.
    event.preventDefault();
    document.getElementById("main").focus();
  });
  document.addEventListener("sign-out", signOut);
}

function updateTitle() {
  const pendingCount = waiting.all().length;
  count.hidden = pendingCount === 0;
  fill(count, String(pendingCount), el("span.unseen", {}, " " + t("requests_counted", { count: pendingCount })));
  const prefix = pendingCount ? "(" + pendingCount + ") " : "";
  document.title = prefix + (inside ? VIEWS[view].title : t("sign_in")) + " · " + PRODUCT;
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
  updateTitle();
}

function showState(state) {
  const line = document.getElementById("live");
  line.dataset.state = state;
  line.textContent = STATES[state];
  if (state === "down") news(t("disconnected_this_page_may_be"));
}

/** Shows the console after sign-in, at the view that was shown before the session expired. */
function enter() {
  inside = true;
  login.hidden = true;
  fill(login);
  shell.hidden = false;
  reload();
  // For the number beside Pending, in case the event stream is not available.
  if (view !== "pending") waiting.load();
  live.start();
  push.renew();
  updateTitle();
}

function requireSignIn() {
  if (!login.hidden) return;
  inside = false;
  live.stop();
  // Nothing that is shown there can be undone or repeated without a login, and it would cover the form.
  clear();
  shell.hidden = true;
  for (const dialog of document.querySelectorAll("dialog")) dialog.close();
  login.hidden = false;
  showLogin(login, enter);
  updateTitle();
}

async function signOut() {
  await push.forget();
  if (!(await attempt(() => post("logout")))) return;
  pair.forget();
  waiting.forget();
  close();
  clear();
  window.history.replaceState(null, "", "#/pending");
  requireSignIn();
  news(t("signed_out"));
}

async function begin() {
  try {
    if (await whoami()) enter();
    else requireSignIn();
  } catch (error) {
    fill(
      login,
      el("section", {}, el("h1", {}, PRODUCT), faultNote(error, el("a", { href: "" }, t("try_again")))),
    );
    login.hidden = false;
  }
}

frame();
routes(VIEWS, shownView);
onSignedOut(requireSignIn);
live.on("state", showState);
waiting.onChange(updateTitle);
begin();
