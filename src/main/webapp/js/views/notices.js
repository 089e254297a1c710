// The ways by which operators are told of new requests, each with a button that tries it.

import { get, post } from "../api.js";
import { button, el, fill } from "../dom.js";
import { empty, faultNote, head, note, tag } from "../components.js";
import { moment } from "../times.js";
import { done } from "../toasts.js";
import { stripped } from "../untrusted.js";
import { browsers } from "./push.js";
import { parts, t } from "../i18n.js";

export const title = t("notifications");

const NAMES = { owner: t("owner_chat"), webhook: t("webhook"), web_push: t("browser_notifications") };
const STATES = {
  on: [t("on"), "good", "yes"],
  off: [t("off"), "", "info"],
  no_receivers: [t("no_receivers"), "odd", "warn"],
  gone: [t("receiver_gone"), "odd", "warn"],
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

  const lead = t("how_operators_are_notified_of");
  return { node: el("div", {}, head(t("notifications"), lead, button(t("refresh"), reload)), list, push.node), reload };
}

function content({ ways, quiet_hours: quiet }, reload) {
  if (!ways.length) return empty("notices", t("no_ways"), t("this_server_has_none"));
  return [
    quiet && note("", el("p", {}, t("quiet_hours", { hours: stripped(quiet) }))),
    el("ul.list", { "aria-label": t("ways") }, ways.map((one) => row(one, reload))),
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
        done(t("test_sent", { way: name }));
        reload();
      } else fill(outcome, note("odd", el("p", {}, t("not_delivered", { reason: stripped(detail) }))));
    } catch (error) {
      fill(outcome, error.status === 401 ? null : faultNote(error));
    }
  };
  return el(
    "li.entry",
    {},
    el("div.line", {}, el("h2.name", {}, name), tag(label, kind, drawing)),
    one.last_success_at && el("p.small.quiet", {}, parts("last_success", { time: moment(one.last_success_at) })),
    one.last_failure_at &&
      el("p.small.quiet", {}, parts("last_failure", { time: moment(one.last_failure_at), reason: stripped(one.last_failure) })),
    outcome,
    el(
      "div.row",
      {},
      one.state === "off"
        ? el("p.small.quiet", {}, t("not_configured_see_pairingnotify_in"))
        : button(t("send_a_test"), test, { "aria-label": t("send_test_by", { way: name }) }),
    ),
  );
}
