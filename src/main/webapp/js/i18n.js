// The texts of the console in the operator's language. Each language is one file in i18n/.

import "./shared.js";

/** The languages by their tags (BCP 47), each with its own name. */
export const LANGUAGES = {
  en: "English",
  es: "Español",
  pt: "Português",
  de: "Deutsch",
  fr: "Français",
  it: "Italiano",
  ar: "العربية",
  hi: "हिन्दी",
  id: "Bahasa Indonesia",
  zh: "中文",
};

/** The only thing that the console keeps in the browser: the language, if the operator has chosen one. */
const STORED = "language";

/** The primary subtag of a language tag; Java and old browsers say "in" for Indonesian. */
function primary(tag) {
  const first = tag.toLowerCase().split("-")[0];
  return first === "in" ? "id" : first;
}

/** The language that the operator has chosen, or null. */
export function chosen() {
  try {
    const tag = localStorage.getItem(STORED);
    return Object.hasOwn(LANGUAGES, tag) ? tag : null;
  } catch {
    // The browser may forbid storage.
    return null;
  }
}

/** Chooses a language, or the browser's with an empty string, and loads the page again. */
export function choose(tag) {
  try {
    if (tag) localStorage.setItem(STORED, tag);
    else localStorage.removeItem(STORED);
  } finally {
    window.location.reload();
  }
}

const tags = navigator.languages.map(primary);

/** The language of the page. */
export const language = chosen() || tags.find((tag) => Object.hasOwn(LANGUAGES, tag)) || "en";

/** The languages for dates and numbers: with the browser's region, if it has one for this language. */
export const locales = tags.includes(language)
  ? navigator.languages.filter((tag) => primary(tag) === language)
  : [language];

// The file is a classic script, which the service worker can load too.
await import("./i18n/" + language + ".js");
const { dir, form, number, t } = self.nexoShared.texts(language, locales);

document.documentElement.lang = language;
document.documentElement.dir = dir;
document.querySelector("link[rel=manifest]").href = "manifest/" + language + ".webmanifest";

/** Formats a number. */
export { number };

/**
 * The text of a key. Values replace {names}; `count` also selects the plural form.
 * @param {string} key
 * @param {Object<string, string|number>} values
 */
export { t };

/** The text of a key as children of an element, so that values may be elements. */
export function parts(key, values) {
  return form(key, values)
    .split(/\{(\w+)\}/)
    .map((part, i) => {
      const value = i % 2 ? values[part] : part;
      return typeof value === "number" ? number(value) : value;
    })
    .filter((part) => part !== "");
}
