package dev.nexo.pairing.cli.importer;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Recognizes a string that a person or a program replaces by a sender, like {@code ${OWNER_PHONE}}
 * or {@code <your number>}. A real name can look like one. Then the operator seeds it. Stateless.
 */
final class Placeholder {

  static final String REASON =
      "it looks like a placeholder, not a sender; seed the sender with nexo-pair seed";

  private static final int LONGEST_PHRASE = 64;

  /** The signs of shells, templates, secret references and forms, anywhere in a string. */
  private static final Pattern SIGNS =
      Pattern.compile(
          String.join(
              "|",
              "\\$[{(\\[]", // ${VAR}, $(command), $[x]
              "^\\W*\\$\\w", // $VAR, +$VAR, $1
              "\\$[A-Z_][A-Z0-9_]+", // …$VAR
              "\\{[^{}]*}", // {{var}}, {var}, #{var}, %{var}
              "\\{%.*%}",
              "<[^<>@]*>", // <your number>, <%= var %>
              "^\\[.*]$", // [your number]
              "^\\(.*\\)$", // (your number)
              "%[A-Za-z_]\\w{2,}%", // %VAR%
              "%\\(\\w+\\)s", // %(var)s
              "^%\\w$", // %s
              "^\\W*__\\w+__$", // __VAR__
              "^([@#%~=&!:*+])\\1*\\w+\\1+$", // @@VAR@@, @VAR@, #VAR#
              "^\\W*(env|vars?|secrets?|inputs|params|values|config|settings)\\.[A-Z_]\\w*$",
              "\\.\\.\\.|\u2026", // 1555...
              "^(env|secrets?|vault|op|ssm|file|keyring|sops|enc)[:\\[]",
              "^!\\w+ ", // !ENV VAR
              "^(process\\.env|os\\.environ|getenv)\\b"),
          Pattern.CASE_INSENSITIVE);

  /** The name of an environment variable: capitals in two or more parts. */
  private static final Pattern VARIABLE = Pattern.compile("\\+?[A-Z][A-Z0-9]*(_[A-Z0-9]+)+");

  /** A number with signs instead of some of its digits. */
  private static final Pattern FORM =
      Pattern.compile("\\+?[0-9 ()./-]*([xX#?*_N][ ()./-]?){3,}[0-9 ()./xX#?*_N-]*");

  /** Signs between the words of a phrase. */
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

  /** What people write into examples: two or more of these words and nothing else. */
  private static final Pattern PHRASE =
      Pattern.compile(
          "(your|my|owners?|insert|enter|replace|change|put|with|here|me|phone|numbers?|num"
              + "|mobile|tel|user|name|ids?|handle|account|e?mail|jid|lid|uuid|sender|admin|contact"
              + "|telegram|whatsapp|signal|discord|slack|matrix|placeholder|example|sample"
              + "|todo){2,}");

  private static final Pattern YOUR =
      Pattern.compile("(?i:\\W*yours?[^\\p{L}\\p{N}].*)|\\W*[Yy]our[A-Z].*");

  /** What a program writes if it has no value, and what a person writes instead of one. */
  private static final Pattern NO_VALUE =
      Pattern.compile("null|nil|none|undefined|nan|todo|fixme|tbd|placeholder|xxx+");

  /** A role or a group of people, which somebody has put in place of an id. */
  private static final Pattern ROLE =
      Pattern.compile(
          "\\W*((owners?|admins?|administrators?|operators?|root)|me|myself|self|us|you|users?"
              + "|all|any|every(one|body)?|any(one|body)|no(one|body)|some(one|body)|public"
              + "|unknown|anonymous|default|here|channel|empty|blank|example|test)\\W*",
          Pattern.CASE_INSENSITIVE);

  /** Not available. */
  private static final Pattern NOT_AVAILABLE = Pattern.compile("[nN][./-][aA]\\.?|-+|\\?+");

  private Placeholder() {}

  /** Returns whether a string is a placeholder. */
  static boolean matches(String sender) {
    String text = Normalizer.normalize(sender.strip(), Normalizer.Form.NFKC);
    if (SIGNS.matcher(text).find()
        || VARIABLE.matcher(text).matches()
        || FORM.matcher(text).matches()
        || YOUR.matcher(text).matches()
        || ROLE.matcher(text).matches()
        || NOT_AVAILABLE.matcher(text).matches()) {
      return true;
    }
    String words = BETWEEN_WORDS.matcher(text).replaceAll("").toLowerCase(Locale.ROOT);
    return NO_VALUE.matcher(words).matches()
        || (words.length() <= LONGEST_PHRASE && PHRASE.matcher(words).matches());
  }
}
