// The part of the view Notifications that is about browsers: this one, and the list of all.

import { get, remove } from "../api.js";
import { ask } from "../dialog.js";
import { button, el, fill } from "../dom.js";
import { faultNote, note, tag } from "../components.js";
import { obstacle, ownId, turnOff, turnOn } from "../push.js";
import { moment } from "../times.js";
import { done } from "../toasts.js";
import { foreign, named, stripped } from "../untrusted.js";
import { parts, t } from "../i18n.js";

const OBSTACLES = {
  insecure: t("notifications_need_https_open_the"),
  install:
    t("on_iphone_and_ipad_install"),
  unsupported: t("this_browser_has_no_notifications"),
};

/** The part, with a function that reads it again. */
export function browsers() {
  const place = el("div", { "aria-busy": "true" });

  async function reload() {
    try {
      const [state, own] = await Promise.all([get("notices/push"), ownId()]);
      fill(place, content(state, own, reload));
    } catch (error) {
      fill(place, error.status === 401 ? null : faultNote(error));
    } finally {
      place.setAttribute("aria-busy", "false");
    }
  }

  const node = el("section", {}, el("h2", {}, t("browsers")), place);
  return { node, reload };
}

function content(state, own, reload) {
  if (!state.enabled) return el("p.quiet", {}, t("turned_off_by_pairingnotifywebpush_in"));
  return [
    here(state, own, reload),
    el(
      "ul.list",
      { "aria-label": t("browsers") },
      state.subscriptions.map((one) => row(one, one.id === own, reload)),
    ),
  ];
}

/** The switch of this browser. */
function here(state, own, reload) {
  const reason = obstacle();
  if (reason) return note("", el("p", {}, OBSTACLES[reason]));
  const outcome = el("div", { role: "status" });
  const run = async (change) => {
    fill(outcome);
    try {
      await change();
      await reload();
    } catch (error) {
      fill(outcome, error.status === 401 ? null : faultNote(error));
    }
  };
  const off = () =>
    run(async () => {
      await turnOff();
      done(t("turned_off_notifications_in_this"));
    });
  const on = () =>
    run(async () => {
      if (await turnOn(state.public_key)) done(t("turned_on_notifications_in_this"));
      else throw new Error(t("the_browser_does_not_allow"));
    });
  const subscribed = state.subscriptions.some((one) => one.id === own);
  return el(
    "div",
    {},
    el("p", {}, t("each_new_request_is_shown")),
    el(
      "div.row",
      {},
      subscribed
        ? button(t("turn_off_in_this_browser"), off)
        : button(t("turn_on_in_this_browser"), on, { kind: "main" }),
    ),
    outcome,
  );
}

function row(one, isOwn, reload) {
  const end = () =>
    ask(
      t("remove_browser_q", { browser: named(one.label) }),
      [el("p", {}, t("it_gets_no_more_notifications"))],
      t("remove"),
      async () => {
        if (isOwn) await turnOff();
        else await remove("notices/push/" + encodeURIComponent(one.id));
        done(t("removed_browser", { browser: named(one.label) }));
        reload();
      },
      { grave: true },
    );
  return el(
    "li.entry",
    {},
    el(
      "div.line",
      {},
      foreign(one.label, { tag: "h3.name", limit: 64 }),
      isOwn && tag(t("this_browser"), "good", "yes"),
      !one.valid && tag(t("ended"), "odd", "warn"),
    ),
    el("p.small.quiet", {}, parts("turned_on_by", { operator: stripped(one.name), time: moment(one.created_at), service: stripped(one.service) })),
    one.delivered_at && el("p.small.quiet", {}, parts("last_notification", { time: moment(one.delivered_at) })),
    !one.valid &&
      el("p.small", {}, t("the_password_or_the_signing")),
    el("div.row", {}, button(t("remove"), end, { kind: "plain grave", "aria-label": t("remove_browser", { browser: named(one.label) }) })),
  );
}
