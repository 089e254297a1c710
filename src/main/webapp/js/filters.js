// Fields and filters for channel and account.

import { debounced, el, freshId } from "./dom.js";
import { field } from "./components.js";
import { t } from "./i18n.js";

const known = { channel: new Set(["telegram", "whatsapp"]), account_id: new Set(["default"]) };

/** Remembers channels and accounts of rows, as suggestions for the fields. */
export function remember(rows) {
  for (const row of rows) {
    for (const name of ["channel", "account_id"])
      if (row[name] && known[name].size < 50) known[name].add(row[name]);
  }
}

/** A field for a channel or an account, with suggestions. */
export function placeField(name, label, props = {}, hint = null) {
  const id = freshId("known");
  const offers = el("datalist", { id });
  const input = el("input", {
    name,
    list: id,
    maxlength: "64",
    autocapitalize: "none",
    autocomplete: "off",
    spellcheck: "false",
    ...props,
  });
  input.addEventListener("focus", () =>
    offers.replaceChildren(...[...known[name]].sort().map((value) => el("option", { value }))),
  );
  return { input, node: el("div", {}, field(label, input, hint), offers) };
}

/** A filter of channel and account. Calls `changed` shortly after the last keystroke. */
export function placeFilter(changed, place = {}) {
  const channel = placeField("channel", t("channel"), { placeholder: t("all"), value: place.channel });
  const account = placeField("account_id", t("account"), { placeholder: t("all"), value: place.account_id });
  const late = debounced(changed);
  for (const { input } of [channel, account]) input.addEventListener("input", late);
  return {
    node: el("div.pair.narrow", {}, channel.node, account.node),
    values: () => ({ channel: channel.input.value.trim(), account_id: account.input.value.trim() }),
  };
}
