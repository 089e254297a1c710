// The sessions of paired companions.

import { get, remove } from "../api.js";
import { ask } from "../dialog.js";
import { button, debounced, el } from "../dom.js";
import { icon } from "../icons.js";
import * as live from "../event-stream.js";
import { pages } from "../paged-list.js";
import { empty, head, tag } from "../components.js";
import { moment } from "../times.js";
import { done } from "../toasts.js";
import { foreign, named } from "../untrusted.js";
import { parts, t } from "../i18n.js";

export const title = t("sessions");

/** Opens the view. */
export function open() {
  const list = pages({
    label: t("sessions"),
    load: async (cursor) => {
      const page = await get("sessions", { limit: 50, cursor });
      return { items: page.sessions, next: page.next };
    },
    row: (one) => row(one, list.reload),
    empty: () =>
      empty(
        "sessions",
        t("no_paired_devices"),
        t("create_a_setup_code_under"),
      ),
  });
  const pairing = el("a.button", { href: "#/pair" }, icon("add"), t("pair_a_device"));
  const node = el(
    "div",
    {},
    head(t("sessions"), t("companions_that_are_signed_in"), pairing),
    list.node,
  );
  return { node, reload: list.reload, close: live.on("session", debounced(list.reload)) };
}

function row(one, reload) {
  const label = one.device_label || t("unnamed_device");
  const end = () =>
    ask(
      t("end_session_of_q", { device: named(label, 60) }),
      [el("p", {}, t("the_device_is_signed_out"))],
      t("end_session"),
      async () => {
        await remove("sessions/" + encodeURIComponent(one.session_id));
        done(t("session_ended_of", { device: named(label) }));
        reload();
      },
      { grave: true },
    );
  const facts = el("p.small.quiet", {}, parts("paired_at", { time: moment(one.issued_at) }), t("comma"), parts("expires_at", { time: moment(one.expires_at) }));
  if (one.last_seen_at) facts.append(t("comma"), ...parts("last_seen_at", { time: moment(one.last_seen_at) }));
  return el(
    "li.entry.sided",
    {},
    el(
      "div.line",
      {},
      foreign(label, { tag: "h2.name", limit: 64 }),
      one.device_key && tag(t("device_key"), "good", "yes"),
    ),
    facts,
    el("p.small.quiet", {}, parts("session_id", { id: el("span.code", {}, one.session_id) })),
    el(
      "div.row",
      {},
      button(t("end_session"), end, {
        kind: "plain grave",
        "aria-label": t("end_session_of", { device: named(label, 80) }),
      }),
    ),
  );
}
