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

export const title = "Sessions";

/** Opens the view. */
export function open() {
  const list = pages({
    label: "Sessions",
    load: async (cursor) => {
      const page = await get("sessions", { limit: 50, cursor });
      return { items: page.sessions, next: page.next };
    },
    row: (one) => row(one, list.reload),
    empty: () =>
      empty(
        "sessions",
        "No paired devices",
        "Create a setup code under Pair, and scan it with the companion app.",
      ),
  });
  const pairing = el("a.button", { href: "#/pair" }, icon("add"), "Pair a device");
  const node = el(
    "div",
    {},
    head("Sessions", "Companions that are signed in. Ending a session also closes its connections.", pairing),
    list.node,
  );
  return { node, reload: list.reload, close: live.on("session", debounced(list.reload)) };
}

function row(one, reload) {
  const label = one.device_label || "Unnamed device";
  const end = () =>
    ask(
      "End the session of " + named(label, 60) + "?",
      [el("p", {}, "The device is signed out at once. This cannot be undone. You can pair the device again.")],
      "End session",
      async () => {
        await remove("sessions/" + encodeURIComponent(one.session_id));
        done("Ended the session of " + named(label) + ".");
        reload();
      },
      { grave: true },
    );
  const facts = el("p.small.quiet", {}, "Paired ", moment(one.issued_at), ", expires ", moment(one.expires_at));
  if (one.last_seen_at) facts.append(", last seen ", moment(one.last_seen_at));
  return el(
    "li.entry.sided",
    {},
    el(
      "div.line",
      {},
      foreign(label, { tag: "h2.name", limit: 64 }),
      one.device_key && tag("Device key", "good", "yes"),
    ),
    facts,
    el("p.small.quiet", {}, "Session ", el("span.code", {}, one.session_id)),
    el(
      "div.row",
      {},
      button("End session", end, {
        kind: "plain grave",
        "aria-label": "End the session of " + named(label, 80),
      }),
    ),
  );
}
