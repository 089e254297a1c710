// The ways by which operators are told of new requests, each with a button that tries it.

import { get, post } from "../api.js";
import { button, el, fill } from "../dom.js";
import { empty, faultNote, head, note, tag } from "../components.js";
import { moment } from "../times.js";
import { done } from "../toasts.js";
import { stripped } from "../untrusted.js";
import { browsers } from "./push.js";

export const title = "Notifications";

const NAMES = { owner: "Owner chat", webhook: "Webhook", web_push: "Browser notifications" };
const STATES = {
  on: ["On", "good", "yes"],
  off: ["Off", "", "info"],
  no_receivers: ["No receivers", "odd", "warn"],
  gone: ["Receiver gone", "odd", "warn"],
};

/** Opens the view. */
export function open() {
  const list = el("div", { "aria-busy": "true" });
  const push = browsers();

  async function reload() {
    list.setAttribute("aria-busy", "true");
    push.reload();
    try {
      fill(list, content(await get("notices"), reload));
    } catch (error) {
      fill(list, error.status === 401 ? null : faultNote(error));
    } finally {
      list.setAttribute("aria-busy", "false");
    }
  }

  const lead = "How operators are told of new requests, besides this page.";
  return { node: el("div", {}, head("Notifications", lead, button("Refresh", reload)), list, push.node), reload };
}

function content({ ways, quiet_hours: quiet }, reload) {
  if (!ways.length) return empty("notices", "No ways", "This server has none.");
  return [
    quiet && note("", el("p", {}, "Quiet hours: " + stripped(quiet) + ". Requests are told at their end.")),
    el("ul.list", { "aria-label": "Ways" }, ways.map((one) => row(one, reload))),
  ];
}

function row(one, reload) {
  const name = NAMES[one.way] || stripped(one.way);
  const [label, kind, drawing] = STATES[one.state] || [stripped(one.state), "", "info"];
  const outcome = el("div", { role: "status" });
  const test = async () => {
    fill(outcome);
    try {
      const { delivered, detail } = await post("notices/test", { way: one.way });
      if (delivered) {
        done("Sent a test by " + name + ".");
        reload();
      } else fill(outcome, note("odd", el("p", {}, "Not delivered: " + stripped(detail))));
    } catch (error) {
      fill(outcome, error.status === 401 ? null : faultNote(error));
    }
  };
  return el(
    "li.entry",
    {},
    el("div.line", {}, el("h2.name", {}, name), tag(label, kind, drawing)),
    one.last_success_at && el("p.small.quiet", {}, "Last success ", moment(one.last_success_at)),
    one.last_failure_at &&
      el("p.small.quiet", {}, "Last failure ", moment(one.last_failure_at), ": " + stripped(one.last_failure)),
    outcome,
    el(
      "div.row",
      {},
      one.state === "off"
        ? el("p.small.quiet", {}, "Not configured. See pairing.notify in pairing.yaml.")
        : button("Send a test", test, { "aria-label": "Send a test by " + name }),
    ),
  );
}
