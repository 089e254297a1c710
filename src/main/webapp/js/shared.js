// What the page and its service worker share. A classic script, because a worker cannot import modules in every browser.
{
  /** Line breaks and tabs. They become spaces, so that words do not run together. */
  const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;

  /** Control, bidirectional and invisible characters, unpaired surrogates and tag characters. */
  const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/gu;

  /** Letters that are written from right to left. */
  const FROM_RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/u;

  const RIGHT_TO_LEFT = ["ar"];

  /** The string without characters that are invisible or that reorder or hide other characters. */
  const stripped = (text) => String(text).replace(BREAKS, " ").replace(HIDDEN, "");

  /**
   * The texts of a language, whose file must have been loaded: the writing direction, and functions that choose the form of a
   * text, format a number, and replace the placeholders of a text.
   */
  const texts = (language, locales = [language]) => {
    const messages = self.nexoTexts;
    const plural = new Intl.PluralRules(language);
    const numbers = new Intl.NumberFormat(locales);
    const isRightToLeft = RIGHT_TO_LEFT.includes(language);
    const number = (value) => numbers.format(value);

    /** A value in a text. It is isolated if its direction could differ from the text's. */
    const shown = (value) => {
      if (typeof value === "number") return number(value);
      return isRightToLeft || FROM_RIGHT.test(value) ? "\u2068" + value + "\u2069" : String(value);
    };

    const form = (key, values) => {
      const message = messages[key];
      if (message === undefined) throw new Error("no text " + key);
      return typeof message === "string" ? message : (message[plural.select(values.count)] ?? message.other);
    };

    const t = (key, values = {}) => form(key, values).replace(/\{(\w+)\}/g, (_, name) => shown(values[name]));

    return { dir: isRightToLeft ? "rtl" : "ltr", form, number, t };
  };

  self.nexoShared = { stripped, texts };
}
