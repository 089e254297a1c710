// The choice of the console's language.

import { field } from "./components.js";
import { el } from "./dom.js";
import { choose, chosen, LANGUAGES, t } from "./i18n.js";

/** A list of the languages. Choosing one loads the page again. */
export function languageField() {
  const now = chosen() || "";
  const list = el(
    "select",
    { name: "console_language", autocomplete: "off", onchange: () => choose(list.value) },
    el("option", { value: "", selected: now === "" }, t("browser_language")),
    Object.entries(LANGUAGES).map(([tag, name]) => el("option", { value: tag, lang: tag, selected: tag === now }, name)),
  );
  const node = field(t("console_language"), list);
  node.classList.add("language");
  return node;
}
