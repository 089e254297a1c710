// The texts of the console in the operator's language. Each language is one file in i18n/.

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

const RIGHT_TO_LEFT = ["ar"];

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

const isRightToLeft = RIGHT_TO_LEFT.includes(language);
document.documentElement.lang = language;
document.documentElement.dir = isRightToLeft ? "rtl" : "ltr";

const { default: messages } = await import("./i18n/" + language + ".js");
const plural = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(locales);

/** Letters that are written from right to left. */
const FROM_RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/u;

/** A value in a text. It is isolated if its direction could differ from the text's. */
function shown(value) {
  if (typeof value === "number") return numbers.format(value);
  return isRightToLeft || FROM_RIGHT.test(value) ? "\u2068" + value + "\u2069" : String(value);
}

function form(key, values) {
  const message = messages[key];
  if (message === undefined) throw new Error("no text " + key);
  return typeof message === "string" ? message : (message[plural.select(values.count)] ?? message.other);
}

/**
 * The text of a key. Values replace {names}; `count` also selects the plural form.
 * @param {string} key
 * @param {Object<string, string|number>} values
 */
export function t(key, values = {}) {
  return form(key, values).replace(/\{(\w+)\}/g, (_, name) => shown(values[name]));
}

/** The text of a key as children of an element, so that values may be elements. */
export function parts(key, values) {
  return form(key, values)
    .split(/\{(\w+)\}/)
    .map((part, i) => {
      const value = i % 2 ? values[part] : part;
      return typeof value === "number" ? numbers.format(value) : value;
    })
    .filter((part) => part !== "");
}
