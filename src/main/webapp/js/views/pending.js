// The pending requests. Rows appear and disappear with the server's events.

import { approve, deny } from "../actions.js";
import { get } from "../api.js";
import { button, el, fill } from "../dom.js";
import { icon } from "../icons.js";
import * as live from "../event-stream.js";
import { empty, faultNote, field, folded, head, note, who } from "../components.js";
import { steady } from "../tap-guard.js";
import { termFields } from "../terms.js";
import { countdown, fromField, moment, zoneHint } from "../times.js";
import { attempt } from "../toasts.js";
import { foreign, named, stripped } from "../untrusted.js";
import * as waiting from "../pending-store.js";

export const title = "Pending";

/** The maximum number of details that the channel can show for a sender. */
const MOST_META = 20;

/** The number of rows that are shown at once, and added by "Show more". */
const STEP = 100;

/** Opens the view. */
export function open() {
  const rows = new Map();
  const list = el("ul.list", { "aria-label": "Pending requests" });
  const body = el("div", {});
  const foot = el("div.more", {});
  const content = [list, foot];
  const stale = el(
    "div.tools",
    { hidden: true },
    note(
      "odd",
      el("p", {}, "Disconnected. This list may be out of date, and new requests do not appear."),
      el("div.row", {}, button("Refresh", refresh)),
    ),
  );
  const node = el(
    "div",
    {},
    head("Pending", "People waiting for approval. They can't reach your bot until you approve them."),
    stale,
    body,
  );
  const moved = steady(list);
  let arrived = false;
  let depth = STEP;

  async function refresh() {
    live.hurry();
    await waiting.load();
  }

  function show() {
    const { trouble, loaded } = waiting.status();
    const everybody = waiting.all();
    const now = everybody.slice(0, depth);
    const ids = new Set(now.map((one) => one.request_id));
    const kept = now.filter((one) => rows.has(one.request_id)).length;
    if (kept < rows.size) moved();
    for (const [id, row] of rows) if (!ids.has(id)) remove(id, row);
    for (const one of now)
      if (!rows.has(one.request_id)) rows.set(one.request_id, request(one, decide, arrived));
    for (const one of now) if (mark(rows.get(one.request_id), one)) moved();
    arrived ||= loaded;
    now.forEach((one, i) => {
      const row = rows.get(one.request_id);
      if (list.children[i] !== row) list.insertBefore(row, list.children[i] || null);
    });
    const fault = trouble && trouble.status !== 401 && faultNote(trouble, button("Try again", refresh));
    if (!loaded) fill(body, fault || el("p.quiet", {}, "Loading…"));
    else if (fault) fill(body, el("div.tools", {}, fault), ...content);
    else if (!now.length) fill(body, emptyList());
    // Inserting the list again would lose the focus.
    else if (body.firstChild !== list) fill(body, ...content);
    offer(everybody.length - now.length);
  }

  function offer(more) {
    if (more <= 0) return fill(foot);
    const label = "Show more (" + more + ")";
    if (foot.textContent !== label) fill(foot, button(label, showMore));
  }

  function showMore() {
    const next = list.childElementCount;
    depth += STEP;
    show();
    list.children[next]?.querySelector("h2").focus();
  }

  /** Removes a row. If it had the focus, the focus moves to its neighbour and not to the top of the page. */
  function remove(id, row) {
    const neighbour =
      row.contains(document.activeElement) && (row.nextElementSibling || row.previousElementSibling);
    const focused = row.contains(document.activeElement);
    row.remove();
    rows.delete(id);
    if (neighbour) neighbour.querySelector("h2").focus();
    else if (focused) node.querySelector("h1").focus();
  }

  async function decide(one, action) {
    if (await attempt(action)) waiting.drop(one);
    else waiting.load();
  }

  const offs = [waiting.onChange(show), live.on("state", (state) => (stale.hidden = state !== "down"))];
  show();
  return { node, reload: waiting.load, close: () => offs.forEach((off) => off()) };
}

function emptyList() {
  return empty(
    "yes",
    "No pending requests",
    "When an unknown sender messages one of your bots, the request appears here.",
  );
}

/** A row for one request. */
function request(one, decide, isNew) {
  const terms = options(one);
  const decision = el(
    "div.verdict",
    {},
    button("Approve", () => decide(one, () => approve(one, terms.values())), {
      kind: "main",
      icon: icon("yes"),
    }),
    button("Deny", () => decide(one, () => deny(one, false))),
    button("Block", () => decide(one, () => deny(one, true)), { kind: "grave" }),
  );
  const sender = who(one);
  sender.querySelector("h2").setAttribute("tabindex", "-1");
  return el(
    "li.card.request" + (isNew ? ".fresh" : ""),
    {},
    sender,
    one.group ? el("p.group", {}, "A group. Nothing was posted into it. Approving it admits all its members, unless you choose approved members only in the options.") : "",
    message(one),
    facts(one),
    el("div.twins", { hidden: true }),
    el(
      "div.untold",
      { hidden: true },
      note("odd", el("p", {}, "Not told yet: the code could not be sent to this sender. See ", el("a", { href: "#/health" }, "Health"), ".")),
    ),
    meta(one.meta),
    held(one),
    terms.node,
    decision,
  );
}

/** Shows or hides what can change while a request waits. Returns whether anything changed. */
function mark(row, one) {
  const untold = row.querySelector(".untold");
  const changed = untold.hidden === !!one.undelivered;
  untold.hidden = !one.undelivered;
  return markTwins(row.querySelector(".twins"), one.near_twins || []) || changed;
}

/** Shows the admitted senders who may be the same person. They come with the list, not with events. */
function markTwins(box, twins) {
  const key = JSON.stringify(twins);
  if ((box.dataset.twins ?? "[]") === key) return false;
  box.dataset.twins = key;
  box.hidden = !twins.length;
  fill(
    box,
    twins.map((twin) =>
      note("odd", el("p", {}, "May be the same person as ", named(twin), ", who is admitted. Check before you approve.")),
    ),
  );
  return true;
}

function message(one) {
  const text = one.text?.trim();
  return text
    ? foreign(text, { tag: "p.said", limit: 280 })
    : el("p.said.none", {}, "No message text.");
}

function facts(one) {
  return el(
    "p.facts",
    {},
    el("span", {}, "Code ", el("span.code", {}, one.code)),
    el("span", {}, "expires in ", countdown(one.expires_at)),
    el("span", {}, "Received ", moment(one.created_at)),
  );
}

/** The channel's details about the sender, one per line; null if there are none. */
function meta(details) {
  const lines = Object.entries(details || {}).slice(0, MOST_META);
  if (!lines.length) return null;
  const text = (value) => (typeof value === "object" ? JSON.stringify(value) : value);
  return folded(
    "Sender details",
    el(
      "dl.meta",
      {},
      lines.map(([name, value]) => [
        el("dt", {}, stripped(name).slice(0, 40)),
        el("dd", {}, foreign(text(value), { limit: 120 })),
      ]),
    ),
  );
}

/** The held messages, read when the section is opened. */
function held(one) {
  const box = el("div.held", { "aria-live": "polite" });
  const section = folded("Held messages", box);
  section.addEventListener("toggle", async () => {
    if (!section.open) return;
    if (!box.hasChildNodes()) fill(box, el("p.quiet", {}, "Loading…"));
    try {
      fill(box, messages(await get("pending/" + encodeURIComponent(one.request_id) + "/messages")));
    } catch (fault) {
      fill(box, faultNote(fault));
    }
  });
  return section;
}

function messages({ messages: list, too_large: tooLarge }) {
  return [
    list.length ? null : el("p.quiet", {}, "No held messages. The policy hold_messages says how many are kept."),
    list.map((each) =>
      el(
        "div",
        {},
        el("p.facts", {}, el("span", {}, "Received ", moment(each.received_at))),
        each.readable
          ? message(each)
          : note("odd", el("p", {}, "Not readable: the key is missing. See ", el("a", { href: "#/health" }, "Health"), ".")),
      ),
    ),
    tooLarge ? el("p.quiet", {}, "A message was larger than 4,096 bytes. It is not kept.") : null,
  ];
}

/** The options of an approval. */
function options(one) {
  const until = el("input", { type: "datetime-local", name: "expires_at" });
  const remark = el("input", { type: "text", name: "note", maxlength: "500", autocomplete: "off" });
  const terms = termFields({ group: one.group });
  const notify = el(
    "select",
    { name: "notify" },
    el("option", { value: "" }, "As configured"),
    el("option", { value: "yes" }, "Yes"),
    el("option", { value: "no" }, "No"),
  );
  const form = el(
    "div.form",
    {},
    el(
      "div.pair",
      {},
      field("Expires", until, "Leave empty for no expiry. " + zoneHint()),
      field("Note", remark, "Visible to operators only."),
    ),
    el("div.pair", {}, terms.nodes),
    field("Notify the sender", notify, "Groups are never notified."),
  );
  return {
    node: folded("Options: role, expiry, note, notify", form),
    values: () => ({
      notify: notify.value ? notify.value === "yes" : undefined,
      expires_at: fromField(until.value),
      note: remark.value.trim() || undefined,
      ...terms.values(),
    }),
  };
}
