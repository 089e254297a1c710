// The part of the view Notifications that is about browsers: this one, and the list of all.

import { get, remove } from "../api.js";
import { ask } from "../dialog.js";
import { button, el, fill } from "../dom.js";
import { faultNote, note, tag } from "../components.js";
import { obstacle, ownId, turnOff, turnOn } from "../push.js";
import { moment } from "../times.js";
import { done } from "../toasts.js";
import { foreign, named, stripped } from "../untrusted.js";

const OBSTACLES = {
  insecure: "Notifications need https. Open the console by its https address.",
  install:
    "On iPhone and iPad, install the console first: in Safari, tap Share, then Add to Home Screen, and open it from there.",
  unsupported: "This browser has no notifications.",
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

  const node = el("section", {}, el("h2", {}, "Browsers"), place);
  return { node, reload };
}

function content(state, own, reload) {
  if (!state.enabled) return el("p.quiet", {}, "Turned off by pairing.notify.web_push in pairing.yaml.");
  return [
    here(state, own, reload),
    el(
      "ul.list",
      { "aria-label": "Browsers" },
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
      done("Turned off notifications in this browser.");
    });
  const on = () =>
    run(async () => {
      if (await turnOn(state.public_key)) done("Turned on notifications in this browser.");
      else throw new Error("The browser does not allow notifications of this page. Change this in its settings.");
    });
  const subscribed = state.subscriptions.some((one) => one.id === own);
  return el(
    "div",
    {},
    el("p", {}, "Each new request is shown on this device, also while the console is closed."),
    el(
      "div.row",
      {},
      subscribed
        ? button("Turn off in this browser", off)
        : button("Turn on in this browser", on, { kind: "main" }),
    ),
    outcome,
  );
}

function row(one, isOwn, reload) {
  const end = () =>
    ask(
      "Remove " + named(one.label) + "?",
      [el("p", {}, "It gets no more notifications, and those that it shows can decide nothing more.")],
      "Remove",
      async () => {
        if (isOwn) await turnOff();
        else await remove("notices/push/" + encodeURIComponent(one.id));
        done("Removed " + named(one.label) + ".");
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
      isOwn && tag("This browser", "good", "yes"),
      !one.valid && tag("Ended", "odd", "warn"),
    ),
    el("p.small.quiet", {}, "Turned on by " + stripped(one.name) + " ", moment(one.created_at), ", " + stripped(one.service)),
    one.delivered_at && el("p.small.quiet", {}, "Last notification ", moment(one.delivered_at)),
    !one.valid &&
      el("p.small", {}, "The password or the signing key has changed. Sign in to the console in this browser."),
    el("div.row", {}, button("Remove", end, { kind: "plain grave", "aria-label": "Remove " + named(one.label) })),
  );
}
