// What senders read, with sample values, by account and language.

import { get } from "../api.js";
import { debounced, el, fill } from "../dom.js";
import { placeField } from "../filters.js";
import { faultNote, field, head, tag } from "../components.js";
import { stripped } from "../untrusted.js";
import { locales, t } from "../i18n.js";

export const title = t("texts");

const KINDS = {
  challenge: [t("challenge"), t("to_a_stranger_with_the")],
  code: [t("code_alone"), t("after_the_challenge_to_be")],
  approved: [t("approved"), t("after_an_approval")],
  approved_held: [t("approved_with_held_messages"), t("after_an_approval_that_delivers")],
  denied: [t("denied"), t("after_a_denial_if_notifyrequester")],
  expired: [t("expired"), t("when_the_code_has_expired")],
  owner: [t("owner"), t("to_an_owner_for_a")],
  owner_listed: [t("owner_several_requests"), t("to_an_owner_for_each")],
};

/** Opens the view. */
export function open(place) {
  const channel = placeField("channel", t("channel"), { value: place.channel || "whatsapp" });
  const account = placeField("account_id", t("account"), { placeholder: "default", value: place.account_id });
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
      fill(list, el("ul.list", { "aria-label": t("texts") }, answer.messages.map(row)));
    } catch (error) {
      fill(list, error.status === 401 ? null : faultNote(error));
    } finally {
      list.setAttribute("aria-busy", "false");
    }
  }

  const late = debounced(reload);
  for (const { input } of [channel, account]) input.addEventListener("input", late);
  language.addEventListener("change", reload);
  const lead = t("what_senders_read_with_sample");
  const node = el(
    "div",
    {},
    head(t("texts"), lead),
    el("div.pair", {}, channel.node, account.node),
    field(t("language"), language),
    list,
  );
  return { node, reload };
}

/** A language with its English name, if the browser knows one. */
function option(subtag) {
  const names = new Intl.DisplayNames(locales, { type: "language" });
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
      configured ? tag(t("configured"), "good", "yes") : tag(t("standard"), "", "info"),
    ),
    el("p.small.quiet", {}, hint),
    lines,
  );
}
