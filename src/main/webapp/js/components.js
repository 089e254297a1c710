// Elements that several views share.

import { el, freshId } from "./dom.js";
import { icon } from "./icons.js";
import { foreign, stripped } from "./untrusted.js";
import { parts, t } from "./i18n.js";

const CHANNELS = { whatsapp: "WhatsApp", telegram: "Telegram", email: t("email") };

/** The head of a view: title, purpose and buttons. */
export function head(title, lead, ...tools) {
  return el(
    "div.head",
    {},
    el("h1", { tabindex: "-1" }, title),
    tools.length ? el("div.row", {}, tools) : null,
    lead && el("p.lead", {}, lead),
  );
}

/** The display name of a channel. */
export function channelName(channel) {
  return Object.hasOwn(CHANNELS, channel) ? CHANNELS[channel] : stripped(channel);
}

/** Channel and account of a row. */
export function where({ channel, account_id }) {
  return el(
    "span.where",
    {},
    parts("where", {
      channel: channelName(channel),
      account: el("span.foreign", { dir: "auto" }, stripped(account_id)),
    }),
  );
}

/** Sender, channel and account, as the head of a row. */
export function who(row, level = "h2") {
  return el("div.who", {}, foreign(row.sender_id, { tag: level + ".name", limit: 64 }), where(row));
}

/** A short label in a box. The icon makes sure that colour is not the only difference. */
export function tag(text, kind = "", drawing = null) {
  return el("span.tag" + (kind && "." + kind), {}, drawing && icon(drawing), text);
}

/** A note in a box; kind is "", good, odd or bad. */
export function note(kind, ...content) {
  const drawing = { good: "yes", odd: "warn", bad: "warn" }[kind] || "info";
  return el(
    "div.note" + (kind && "." + kind),
    { role: kind === "bad" ? "alert" : null },
    icon(drawing),
    el("div", {}, content),
  );
}

/** An error message with the server's remedies. */
export function faultNote(error, ...actions) {
  return note(
    "bad",
    el("p", {}, error.message),
    error.remedies?.length
      ? el(
          "ul",
          {},
          error.remedies.map((line) => el("li", {}, line)),
        )
      : null,
    actions,
  );
}

/** The message of an empty list: what is empty, and what to do next. */
export function empty(drawing, title, ...text) {
  return el(
    "div.empty",
    {},
    icon(drawing),
    el("strong", {}, title),
    text.map((line) => el("p", {}, line)),
  );
}

/** A labelled control with an optional hint below. */
export function field(label, control, hint = null) {
  control.id ||= freshId("field");
  const explained = hint && el("span.hint", { id: control.id + "-hint" }, hint);
  if (hint) control.setAttribute("aria-describedby", explained.id);
  return el("div.field", {}, el("label", { for: control.id }, label), control, explained);
}

/** A checkbox with its label. */
export function check(label, props = {}) {
  const box = el("input", { type: "checkbox", ...props });
  return { box, node: el("label.check", {}, box, el("span", {}, label)) };
}

/** A section that is collapsed until opened. */
export function folded(title, ...content) {
  return el("details", {}, el("summary", {}, title), content);
}
