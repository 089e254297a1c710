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
import { parts, t } from "../i18n.js";

export const title = t("explain");

const ENDS = { revoked: t("end_revoked"), expired: t("end_expired"), idle: t("end_idle") };

const DECISIONS = {
  admit: ["yes", t("would_be_admitted")],
  challenge: ["pending", t("would_need_approval")],
  drop: ["no", t("would_be_dropped")],
};

/** Opens the view. If the address names a sender, shows the explanation at once. */
export function open(place) {
  const channel = placeField("channel", t("channel"), { required: true, value: place.channel || "whatsapp" });
  const account = placeField("account_id", t("account"), { placeholder: "default", value: place.account_id });
  const sender = el("input", {
    name: "sender_id",
    required: true,
    maxlength: "256",
    autocapitalize: "none",
    autocomplete: "off",
    spellcheck: "false",
    value: place.sender_id,
  });
  const submit = el("button.button.main", { type: "submit" }, t("explain"));
  const answer = el("div.answer", { "aria-live": "polite" });
  const form = el(
    "form.form.card",
    {},
    el("div.pair", {}, channel.node, account.node),
    field(t("sender"), sender, t("such_as_15550001111_or_somebody")),
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
    head(t("explain"), t("what_would_happen_to_a")),
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
    button(label, async () => (await attempt(action)) && again(true), { kind, "aria-label": t("action_on_sender", { action: label, sender: named(sender.sender_id, 80) }) });
  const go = (view, label) => el("a.button", { href: link(view, { channel: sender.channel, account_id: sender.account_id }) }, label);
  const actions = {
    approve: () => act(t("approve"), "main", () => approve(row, {}, again)),
    deny: () => act(t("deny"), "", () => deny(row, false, undefined, again)),
    refuse: () => act(t("block"), "grave", () => deny(row, true, undefined, again)),
    admit: () => act(t("admit"), "main", () => admit(sender, again)),
    revoke: () => act(t("revoke"), "grave", () => revoke(row, again)),
    block: () => act(t("block"), "grave", () => block(sender)),
    unblock: () => act(t("unblock"), "", () => unblock(sender, again)),
    end: () => act(t("end_the_denial"), "", () => unblock({ ...sender, denied_at: since }, again)),
    pending: () => go("pending", t("view_pending_requests")),
    denied: () => go("denied", t("view_denied_senders")),
    health: () => el("a.button", { href: link("health") }, t("view_health")),
  };
  return (FOLLOWING[reason] || []).map((name) => actions[name]());
}

function explained(asked, { sender_id, decision, reason, since, ended, row }, again) {
  const sender = { channel: asked.channel, account_id: asked.account_id, sender_id };
  const offered = following(sender, reason, row, since, again);
  const [drawing, title] = DECISIONS[decision] || ["info", decision];
  const facts = [
    [t("sender"), el("dd", {}, foreign(sender_id))],
    [t("channel"), el("dd", {}, where(asked))],
    since && [t("since"), el("dd", {}, moment(since))],
    row?.code && [t("code"), el("dd.code", {}, row.code)],
    row?.approved_at && [t("approved"), el("dd", {}, parts("time_via", { time: moment(row.approved_at), surface: stripped(row.approved_via) }))],
    row?.revoked_at && [t("revoked"), el("dd", {}, moment(row.revoked_at))],
    row?.expires_at && [row.code ? t("code_expires") : t("expires"), el("dd", {}, moment(row.expires_at))],
    ended && [t("ended"), el("dd", {}, ENDS[ended] || stripped(ended))],
    row?.role && [t("role"), el("dd", {}, roleName(row.role))],
    row?.labels?.length && [t("labels"), el("dd", {}, stripped(row.labels.join(", ")))],
    row?.idle_secs && [t("ends_after_2"), el("dd", {}, t("without_message", { time: idleTime(row.idle_secs) }))],
    row?.last_seen_at && [t("last_seen"), el("dd", {}, moment(row.last_seen_at))],
    row?.text && [t("message"), el("dd", {}, foreign(row.text, { limit: 280 }))],
    row?.note && [t("note"), el("dd", {}, foreign(row.note, { limit: 280 }))],
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
