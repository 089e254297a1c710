// Why somebody is, or is not, let in.

import { get } from "../api.js";
import { el, fill } from "../dom.js";
import { placeField } from "../filters.js";
import { icon } from "../icons.js";
import { faultNote, field, head, where } from "../components.js";
import { moment } from "../times.js";
import { foreign, stripped } from "../untrusted.js";
import { explanation } from "../labels.js";

export const title = "Explain";

const DECISIONS = {
  admit: ["yes", "Would be let in"],
  challenge: ["pending", "Would be held back"],
  drop: ["no", "Would be turned away"],
};

/** Opens the view; asks at once where the address names a sender. */
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
    field("Sender", sender, "As the channel names them: +15550001111, @somebody."),
    el("div.row", {}, submit),
  );

  async function show() {
    const asked = {
      channel: channel.input.value.trim(),
      account_id: account.input.value.trim() || "default",
      sender_id: sender.value.trim(),
    };
    try {
      fill(answer, told(asked, await get("explain", asked)));
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
    head("Explain", "What the gate would say to a sender's next message, and why. Asking changes nothing."),
    form,
    answer,
  );
  return { node, reload: place.sender_id ? show : undefined };
}

function told(asked, { sender_id, decision, reason, since, row }) {
  const [drawing, word] = DECISIONS[decision] || ["info", decision];
  const facts = [
    ["Sender", el("dd", {}, foreign(sender_id))],
    ["Where", el("dd", {}, where(asked))],
    since && ["Since", el("dd", {}, moment(since))],
    row?.code && ["Code", el("dd.code", {}, row.code)],
    row?.approved_at && ["Approved", el("dd", {}, moment(row.approved_at), " through ", stripped(row.approved_via))],
    row?.revoked_at && ["Revoked", el("dd", {}, moment(row.revoked_at))],
    row?.expires_at && [row.code ? "Code lives until" : "Let in until", el("dd", {}, moment(row.expires_at))],
    row?.text && ["Wrote", el("dd", {}, foreign(row.text, { limit: 280 }))],
    row?.note && ["Note", el("dd", {}, foreign(row.note, { limit: 280 }))],
  ].filter(Boolean);
  return el(
    "div.card.form",
    {},
    el("h2.word", {}, icon(drawing), word),
    el("p", {}, explanation(reason)),
    el(
      "dl.meta",
      {},
      facts.map(([name, value]) => [el("dt", {}, name), value]),
    ),
  );
}
