// What senders read, with sample values, by account and language.

import { get } from "../api.js";
import { debounced, el, fill } from "../dom.js";
import { placeField } from "../filters.js";
import { faultNote, field, head, tag } from "../components.js";
import { stripped } from "../untrusted.js";

export const title = "Texts";

const KINDS = {
  challenge: ["Challenge", "to a stranger, with the code"],
  code: ["Code alone", "after the challenge, to be copied"],
  approved: ["Approved", "after an approval"],
  approved_held: ["Approved, with held messages", "after an approval that delivers messages held before"],
  denied: ["Denied", "after a denial, if notify_requester has denied"],
  expired: ["Expired", "when the code has expired, if notify_requester has expired"],
  owner: ["Owner", "to an owner, for a new request"],
  owner_listed: ["Owner, several requests", "to an owner, for each of several new requests"],
};

/** Opens the view. */
export function open(place) {
  const channel = placeField("channel", "Channel", { value: place.channel || "whatsapp" });
  const account = placeField("account_id", "Account", { placeholder: "default", value: place.account_id });
  const language = el("select", { name: "language" });
  const list = el("div", { "aria-busy": "true", "aria-live": "polite" });

  async function reload() {
    list.setAttribute("aria-busy", "true");
    try {
      const answer = await get("messages", {
        channel: channel.input.value.trim(),
        account_id: account.input.value.trim() || "default",
        language: language.value || undefined,
      });
      if (!language.options.length) fill(language, answer.languages.map(option));
      language.value = answer.language;
      fill(list, el("ul.list", { "aria-label": "Texts" }, answer.messages.map(row)));
    } catch (error) {
      fill(list, error.status === 401 ? null : faultNote(error));
    } finally {
      list.setAttribute("aria-busy", "false");
    }
  }

  const late = debounced(reload);
  for (const { input } of [channel, account]) input.addEventListener("input", late);
  language.addEventListener("change", reload);
  const lead = "What senders read, with sample values. Set pairing.messages in pairing.yaml to change it.";
  const node = el(
    "div",
    {},
    head("Texts", lead),
    el("div.pair", {}, channel.node, account.node),
    field("Language", language),
    list,
  );
  return { node, reload };
}

/** A language with its English name, if the browser knows one. */
function option(subtag) {
  const names = new Intl.DisplayNames(["en"], { type: "language" });
  return el("option", { value: subtag }, names.of(subtag) + " (" + subtag + ")");
}

function row({ kind, text, language, configured }) {
  const [name, hint] = KINDS[kind] || [stripped(kind), ""];
  // Each line has a direction of its own, as in a chat: the command stays left to right.
  const lines = text.split("\n").map((line) => el("p", { dir: "auto", lang: language }, stripped(line) || " "));
  return el(
    "li.entry",
    {},
    el(
      "div.line",
      {},
      el("h2.name", {}, name),
      configured ? tag("Configured", "good", "yes") : tag("Standard", "", "info"),
    ),
    el("p.small.quiet", {}, hint),
    lines,
  );
}
