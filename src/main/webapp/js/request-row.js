// One pending request as a row: who it is, what they wrote, and the decision.

import { get } from "./api.js";
import { faultNote, field, note, tag, where } from "./components.js";
import { button, el, fill, freshId } from "./dom.js";
import { icon } from "./icons.js";
import { swipes } from "./swipe.js";
import { termFields } from "./terms.js";
import { countdown, fromField, moment, zoneHint } from "./times.js";
import { foreign, named, stripped } from "./untrusted.js";
import { parts, t } from "./i18n.js";

/** The maximum number of details that the channel can show for a sender. */
const MOST_META = 20;

/**
 * Creates the row of a request.
 * @param {HTMLElement} pick the checkbox
 * @param {(action: "approve"|"deny"|"block", options: object) => Promise<void>} decide
 * @param {boolean} isNew whether it arrived while the list was shown
 */
export function requestRow(one, pick, decide, isNew) {
  const more = details(one);
  const press = (action) => () => decide(action, more.values(action));
  const approve = button(t("approve"), press("approve"), { kind: "main", icon: icon("yes") });
  const deny = button(t("deny"), press("deny"));
  const row = el(
    "li.card.request" + (isNew ? ".fresh" : ""),
    {},
    el("div.pick", {}, pick),
    sender(one),
    message(one),
    facts(one),
    el(
      "div.verdict",
      {},
      approve,
      deny,
      button(t("block"), press("block"), { kind: "grave" }),
      more.toggle,
    ),
    el(
      "div.alerts",
      {},
      one.group && el("p.group", {}, t("a_group_nothing_was_posted")),
      el("div.twins", { hidden: true }),
      el(
        "div.untold",
        { hidden: true },
        note(
          "odd",
          el("p", {}, parts("not_told", { link: el("a", { href: "#/health" }, t("health")) })),
        ),
      ),
    ),
    more.node,
  );
  swipes(row, { right: approve, left: deny });
  return row;
}

/** The name that the sender claims, marked as such, before the id, which the channel vouches for. */
function sender(one) {
  const claimed = one.claimed_name && stripped(one.claimed_name).trim();
  const heading = (text) => foreign(text, { tag: "h2.name", limit: 64 });
  const parts = claimed
    ? [heading(claimed), tag(t("name_they_claim"), "odd", "info"), foreign(one.sender_id, { tag: "span.sender", limit: 64 })]
    : [heading(one.sender_id)];
  const node = el("div.who", {}, parts, where(one));
  node.querySelector("h2").setAttribute("tabindex", "-1");
  return node;
}

/** Shows or hides what can change while a request waits. Returns whether anything changed. */
export function mark(row, one) {
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
      note("odd", el("p", {}, t("near_twin", { sender: named(twin) }))),
    ),
  );
  return true;
}

function message(one) {
  const text = one.text?.trim();
  return el(
    "div.message",
    {},
    text ? foreign(text, { tag: "p.said", limit: 160 }) : el("p.said.none", {}, t("no_message_text")),
  );
}

function facts(one) {
  return el(
    "p.facts",
    {},
    el("span", {}, parts("code_is", { code: el("span.code", {}, one.code) })),
    el("span", {}, parts("expires_in", { time: countdown(one.expires_at) })),
    el("span", {}, parts("received_at", { time: moment(one.created_at) })),
  );
}

/** The options of a decision, the channel's details and the held messages, shown by a button. */
function details(one) {
  const id = freshId("details");
  const choice = options(one);
  const held = el("div.held", { "aria-live": "polite" });
  const node = el("div.details", { id, hidden: true }, choice.node, meta(one.meta), held);
  const toggle = el(
    "button.button.plain",
    { type: "button", "aria-expanded": "false", "aria-controls": id },
    t("details"),
  );
  toggle.addEventListener("click", () => {
    node.hidden = !node.hidden;
    toggle.setAttribute("aria-expanded", String(!node.hidden));
    if (!node.hidden) readHeld(one, held);
  });
  return { node, toggle, values: choice.values };
}

/** The channel's details about the sender, one per line; null if there are none. */
function meta(given) {
  const lines = Object.entries(given || {}).slice(0, MOST_META);
  if (!lines.length) return null;
  const text = (value) => (typeof value === "object" ? JSON.stringify(value) : value);
  return el(
    "section",
    {},
    el("h3", {}, t("sender_details")),
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

/** Reads the held messages, each time the section is opened. */
async function readHeld(one, box) {
  if (!box.hasChildNodes()) fill(box, el("p.quiet", {}, t("loading")));
  try {
    const answer = await get("pending/" + encodeURIComponent(one.request_id) + "/messages");
    fill(box, el("h3", {}, t("held_messages")), messages(answer));
  } catch (fault) {
    fill(box, faultNote(fault));
  }
}

function messages({ messages: list, too_large: tooLarge }) {
  return [
    list.length ? null : el("p.quiet", {}, t("no_held_messages_the_policy")),
    list.map((each) =>
      el(
        "div",
        {},
        el("p.facts", {}, el("span", {}, parts("received_at", { time: moment(each.received_at) }))),
        each.readable
          ? message(each)
          : note("odd", el("p", {}, parts("not_readable", { link: el("a", { href: "#/health" }, t("health")) }))),
      ),
    ),
    tooLarge ? el("p.quiet", {}, t("a_message_was_larger_than")) : null,
  ];
}

/** The options of an approval, and the reason of a denial or block. */
function options(one) {
  const until = el("input", { type: "datetime-local", name: "expires_at" });
  const remark = el("input", { type: "text", name: "note", maxlength: "500", autocomplete: "off" });
  const reason = el("input", { type: "text", name: "reason", maxlength: "500", autocomplete: "off" });
  const terms = termFields({ group: one.group });
  const notify = el(
    "select",
    { name: "notify" },
    el("option", { value: "" }, t("as_configured")),
    el("option", { value: "yes" }, t("yes")),
    el("option", { value: "no" }, t("no")),
  );
  const node = el(
    "div.form",
    {},
    el("h3", {}, t("options_of_an_approval")),
    el(
      "div.pair",
      {},
      field(t("expires"), until, t("no_expiry_hint") + " " + zoneHint()),
      field(t("note"), remark, t("visible_to_operators_only")),
    ),
    el("div.pair", {}, terms.nodes),
    field(t("notify_the_sender"), notify, t("groups_are_never_notified")),
    el("h3", {}, t("options_of_a_denial_or")),
    field(t("reason"), reason, t("visible_to_operators_only")),
  );
  const values = (action) =>
    action === "approve"
      ? {
          notify: notify.value ? notify.value === "yes" : undefined,
          expires_at: fromField(until.value),
          note: remark.value.trim() || undefined,
          ...terms.values(),
        }
      : { reason: reason.value.trim() || undefined };
  return { node, values };
}
