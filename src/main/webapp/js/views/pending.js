// Who waits to be let in. Rows come and go by themselves.

import { approve, deny } from "../actions.js";
import { button, el, fill } from "../dom.js";
import { icon } from "../icons.js";
import * as live from "../event-stream.js";
import { check, empty, faultNote, field, folded, head, note, who } from "../components.js";
import { steady } from "../tap-guard.js";
import { countdown, fromField, moment, zone } from "../times.js";
import { attempt } from "../toasts.js";
import { foreign, stripped } from "../untrusted.js";
import * as waiting from "../pending-store.js";

export const title = "Pending";

/** Lines that a channel may fill on a row. */
const MOST_META = 20;

/** Opens the view. */
export function open() {
  const rows = new Map();
  const list = el("ul.list", { "aria-label": "Who is waiting" });
  const body = el("div", {});
  const stale = el(
    "div.tools",
    { hidden: true },
    note(
      "odd",
      el("p", {}, "Not live. What you see may be out of date, and new requests do not appear by themselves."),
      el("div.row", {}, button("Look again", refresh)),
    ),
  );
  const node = el(
    "div",
    {},
    head("Pending", "Strangers who wrote to a bot and were given a code. Nobody gets in before you say so."),
    stale,
    body,
  );
  const moved = steady(list);
  let arrived = false;

  async function refresh() {
    live.hurry();
    await waiting.load();
  }

  function show() {
    const { trouble, loaded } = waiting.status();
    const now = waiting.all();
    const ids = new Set(now.map((one) => one.request_id));
    const kept = now.filter((one) => rows.has(one.request_id)).length;
    if (kept < rows.size) moved();
    for (const [id, row] of rows) if (!ids.has(id)) take(id, row);
    for (const one of now)
      if (!rows.has(one.request_id)) rows.set(one.request_id, request(one, decide, arrived));
    arrived ||= loaded;
    now.forEach((one, i) => {
      const row = rows.get(one.request_id);
      if (list.children[i] !== row) list.insertBefore(row, list.children[i] || null);
    });
    const fault = trouble && trouble.status !== 401 && faultNote(trouble, button("Try again", refresh));
    if (!loaded) fill(body, fault || el("p.quiet", {}, "Loading…"));
    else if (fault) fill(body, el("div.tools", {}, fault), list);
    else if (!now.length) fill(body, nobody());
    // Put in place anew, the list would lose the focus.
    else if (body.firstChild !== list || body.childElementCount > 1) fill(body, list);
  }

  /** Takes a row out; where it had the focus, its neighbour gets it, and not the top of the page. */
  function take(id, row) {
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

function nobody() {
  return empty(
    "yes",
    "Nobody is waiting",
    "When a stranger writes to one of your bots, they appear here by themselves, with a button to let them in.",
  );
}

/** A row for one request. */
function request(one, decide, isNew) {
  const terms = conditions();
  const verdict = el(
    "div.verdict",
    {},
    button("Approve", () => decide(one, () => approve(one, terms.values())), {
      kind: "main",
      icon: icon("yes"),
    }),
    button("Deny", () => decide(one, () => deny(one, false))),
    button("Block", () => decide(one, () => deny(one, true)), { kind: "grave" }),
  );
  const named = who(one);
  named.querySelector("h2").setAttribute("tabindex", "-1");
  return el(
    "li.card.request" + (isNew ? ".fresh" : ""),
    {},
    named,
    said(one),
    facts(one),
    meta(one.meta),
    terms.node,
    verdict,
  );
}

function said(one) {
  const text = one.text?.trim();
  return text
    ? foreign(text, { tag: "p.said", limit: 280 })
    : el("p.said.none", {}, "The channel passed no text on.");
}

function facts(one) {
  return el(
    "p.facts",
    {},
    el("span", {}, "Wrote ", moment(one.created_at)),
    el("span", {}, "Code ", el("span.code", {}, one.code)),
    el("span", {}, "lives ", countdown(one.expires_at)),
  );
}

/** What the channel said of them, a line each; nothing where it said nothing. */
function meta(said) {
  const lines = Object.entries(said || {}).slice(0, MOST_META);
  if (!lines.length) return null;
  const text = (value) => (typeof value === "object" ? JSON.stringify(value) : value);
  return folded(
    "What the channel says of them",
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

/** What may be said along with an approval. */
function conditions() {
  const until = el("input", { type: "datetime-local", name: "expires_at" });
  const remark = el("input", { type: "text", name: "note", maxlength: "500", autocomplete: "off" });
  const notify = check("Tell them that they are let in", { name: "notify" });
  const form = el(
    "div.form",
    {},
    el(
      "div.pair",
      {},
      field("Let in until", until, "Empty: without end. " + zone()),
      field("Note", remark, "For operators only."),
    ),
    notify.node,
  );
  return {
    node: folded("End date, note, notice", form),
    values: () => ({
      notify: notify.box.checked,
      expires_at: fromField(until.value),
      note: remark.value.trim() || undefined,
    }),
  };
}
