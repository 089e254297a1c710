// What the gate would decide about a sender, and why.

import { admit, approve, block, deny, revoke, unblock } from "../actions.js";
import { get } from "../api.js";
import { button, el, fill } from "../dom.js";
import { placeField } from "../filters.js";
import { icon } from "../icons.js";
import { faultNote, field, head, where } from "../components.js";
import { moment } from "../times.js";
import { link } from "../router.js";
import { attempt } from "../toasts.js";
import { idleTime, roleName } from "../terms.js";
import { foreign, named, stripped } from "../untrusted.js";
import { explanation } from "../labels.js";

export const title = "Explain";

const ENDS = { revoked: "revoked", expired: "expired", idle: "not seen for too long" };

const DECISIONS = {
  admit: ["yes", "Would be admitted"],
  challenge: ["pending", "Would need approval"],
  drop: ["no", "Would be dropped"],
};

/** Opens the view. If the address names a sender, shows the explanation at once. */
export function open(place) {
  const channel = placeField("channel", "Channel", { required: true, value: place.channel || "whatsapp" });
  const account = placeField("account_id", "Account", { placeholder: "default", value: place.account_id });
  const sender = el("input", {
    name: "sender_id",
    required: true,
    maxlength: "256",
    autocapitalize: "none",
    autocomplete: "off",
    spellcheck: "false",
    value: place.sender_id,
  });
  const submit = el("button.button.main", { type: "submit" }, "Explain");
  const answer = el("div.answer", { "aria-live": "polite" });
  const form = el(
    "form.form.card",
    {},
    el("div.pair", {}, channel.node, account.node),
    field("Sender", sender, "Such as +15550001111 or @somebody."),
    el("div.row", {}, submit),
  );

  async function show(refocus = false) {
    const asked = {
      channel: channel.input.value.trim(),
      account_id: account.input.value.trim() || "default",
      sender_id: sender.value.trim(),
      exact: Boolean(place.exact) && sender.value === place.sender_id,
    };
    try {
      fill(answer, explained(asked, await get("explain", asked), show));
      if (refocus === true) answer.querySelector(".word").focus();
    } catch (error) {
      fill(answer, error.status === 401 ? null : faultNote(error));
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  const node = el(
    "div",
    {},
    head("Explain", "What would happen to a sender's next message, and why. Nothing is changed."),
    form,
    answer,
  );
  return { node, reload: place.sender_id ? show : undefined };
}

/** What an operator can do for each reason, in this order. */
const FOLLOWING = {
  allow_from: ["revoke", "block"],
  policy_off: ["block"],
  pending: ["approve", "deny", "refuse"],
  unknown_sender: ["admit", "block"],
  max_pending: ["pending", "admit", "block"],
  budget: ["health", "admit", "block"],
  denied: ["end", "denied", "block"],
  blocked: ["unblock"],
  adapter_unavailable: ["health"],
  storage: ["health"],
};

/** The actions that follow from an explanation. Each shows the explanation again. */
function following(sender, reason, row, since, again) {
  const act = (label, kind, action) =>
    button(label, async () => (await attempt(action)) && again(true), { kind, "aria-label": label + " " + named(sender.sender_id, 80) });
  const go = (view, label) => el("a.button", { href: link(view, { channel: sender.channel, account_id: sender.account_id }) }, label);
  const actions = {
    approve: () => act("Approve", "main", () => approve(row)),
    deny: () => act("Deny", "", () => deny(row, false)),
    refuse: () => act("Block", "grave", () => deny(row, true)),
    admit: () => act("Admit", "main", () => admit(sender, again)),
    revoke: () => act("Revoke", "grave", () => revoke(row, again)),
    block: () => act("Block", "grave", () => block(sender)),
    unblock: () => act("Unblock", "", () => unblock(sender, again)),
    end: () => act("End the denial", "", () => unblock({ ...sender, denied_at: since }, again)),
    pending: () => go("pending", "View pending requests"),
    denied: () => go("denied", "View denied senders"),
    health: () => el("a.button", { href: link("health") }, "View health"),
  };
  return (FOLLOWING[reason] || []).map((name) => actions[name]());
}

function explained(asked, { sender_id, decision, reason, since, ended, row }, again) {
  const sender = { channel: asked.channel, account_id: asked.account_id, sender_id };
  const offered = following(sender, reason, row, since, again);
  const [drawing, title] = DECISIONS[decision] || ["info", decision];
  const facts = [
    ["Sender", el("dd", {}, foreign(sender_id))],
    ["Channel", el("dd", {}, where(asked))],
    since && ["Since", el("dd", {}, moment(since))],
    row?.code && ["Code", el("dd.code", {}, row.code)],
    row?.approved_at && ["Approved", el("dd", {}, moment(row.approved_at), " via ", stripped(row.approved_via))],
    row?.revoked_at && ["Revoked", el("dd", {}, moment(row.revoked_at))],
    row?.expires_at && [row.code ? "Code expires" : "Expires", el("dd", {}, moment(row.expires_at))],
    ended && ["Ended", el("dd", {}, ENDS[ended] || stripped(ended))],
    row?.role && ["Role", el("dd", {}, roleName(row.role))],
    row?.labels?.length && ["Labels", el("dd", {}, stripped(row.labels.join(", ")))],
    row?.idle_secs && ["Ends after", el("dd", {}, idleTime(row.idle_secs) + " without a message")],
    row?.last_seen_at && ["Last seen", el("dd", {}, moment(row.last_seen_at))],
    row?.text && ["Message", el("dd", {}, foreign(row.text, { limit: 280 }))],
    row?.note && ["Note", el("dd", {}, foreign(row.note, { limit: 280 }))],
  ].filter(Boolean);
  return el(
    "div.card.form",
    {},
    el("h2.word", { tabindex: "-1" }, icon(drawing), title),
    el("p", {}, explanation(reason, since)),
    el(
      "dl.meta",
      {},
      facts.map(([name, value]) => [el("dt", {}, name), value]),
    ),
    offered.length ? el("div.row", {}, offered) : null,
  );
}
