// Pieces that several views are made of.

import { el, freshId } from "./dom.js";
import { icon } from "./icons.js";
import { foreign, stripped } from "./untrusted.js";

const CHANNELS = { whatsapp: "WhatsApp", telegram: "Telegram", email: "E-mail" };

/** A view's head: its name, what it is for, and what can be done here. */
export function head(title, lead, ...tools) {
  return el(
    "div.head",
    {},
    el("h1", { tabindex: "-1" }, title),
    tools.length ? el("div.row", {}, tools) : null,
    lead && el("p.lead", {}, lead),
  );
}

/** A channel by the name that people know. */
export function channelName(channel) {
  return Object.hasOwn(CHANNELS, channel) ? CHANNELS[channel] : stripped(channel);
}

/** Where somebody writes: channel and account. */
export function where({ channel, account_id }) {
  return el(
    "span.where",
    {},
    channelName(channel) + ", account ",
    el("span.foreign", { dir: "auto" }, stripped(account_id)),
  );
}

/** Who, and where, as the head of a row. */
export function who(row, level = "h2") {
  return el("div.who", {}, foreign(row.sender_id, { tag: level + ".name", limit: 64 }), where(row));
}

/** A short word in a box, with a drawing beside it so that the colour is not all. */
export function tag(text, kind = "", drawing = null) {
  return el("span.tag" + (kind && "." + kind), {}, drawing && icon(drawing), text);
}

/** A remark in a box; kind is "", good, odd or bad. */
export function note(kind, ...content) {
  const drawing = { good: "yes", odd: "warn", bad: "warn" }[kind] || "info";
  return el(
    "div.note" + (kind && "." + kind),
    { role: kind === "bad" ? "alert" : null },
    icon(drawing),
    el("div", {}, content),
  );
}

/** What went wrong, with the server's ways out. */
export function faultNote(error, ...ways) {
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
    ways,
  );
}

/** An empty list's words: what that means, and what to do next. */
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

/** A box to tick, with its words. */
export function check(label, props = {}) {
  const box = el("input", { type: "checkbox", ...props });
  return { box, node: el("label.check", {}, box, el("span", {}, label)) };
}

/** A part that opens on demand. */
export function folded(title, ...content) {
  return el("details", {}, el("summary", {}, title), content);
}
