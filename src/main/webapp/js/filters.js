// Fields and filters for channel and account, and the search in lists.

import { get } from "./api.js";
import { debounced, el, freshId } from "./dom.js";
import { field } from "./components.js";
import { stripped } from "./untrusted.js";
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

/** The field of a search. */
export function searchField(place, placeholder) {
  return el("input", {
    type: "search",
    name: "q",
    maxlength: "256",
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
    placeholder,
    value: place.q,
  });
}

/** How many rows one call requests: for a page of the list, and for a search. */
const PAGE = 50;
const SEARCHED = 1000;

/**
 * A filter of channel, account and a search. Calls `changed` shortly after the last keystroke.
 * @param {string} placeholder what can be searched
 */
export function searchFilter(changed, place, placeholder) {
  const input = searchField(place, placeholder);
  const filter = placeFilter(changed, place);
  const words = () => input.value.trim().toLowerCase();
  const includes = (strings, sought) => stripped(strings.filter(Boolean).join("\n")).toLowerCase().includes(sought);
  input.addEventListener("input", debounced(changed));
  return {
    node: el("div.tools.filters", { role: "search" }, field(t("search"), input), filter.node),
    values: filter.values,
    isActive: () => Boolean(words() || filter.values().channel || filter.values().account_id),
    /** Whether the search finds one of these strings. */
    finds: (...strings) => !words() || includes(strings, words()),
    /**
     * Loads a page of the rows that the search finds. The server cannot search in these lists, so this function reads rows
     * until it has found a page of them, or the list ends.
     * @param {string} name the path of the list, and the name of the rows in it
     * @param {(item: object) => string[]} strings what is searched in a row
     */
    async page(name, cursor, strings) {
      const sought = words();
      const items = [];
      let next = cursor;
      do {
        const page = await get(name, { ...filter.values(), limit: sought ? SEARCHED : PAGE, cursor: next });
        remember(page[name]);
        items.push(...page[name].filter((one) => !sought || includes(strings(one), sought)));
        next = page.next;
      } while (next && items.length < PAGE && sought === words());
      return { items, next };
    },
  };
}
