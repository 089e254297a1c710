package dev.nexo.pairing.notice.chat;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The words by which owners decide, in ten languages. */
final class CommandWords {

  private static final Map<String, Order> WORDS = new HashMap<>();

  static {
    // English, Spanish, Portuguese, German, French, Italian, Arabic, Hindi, Indonesian, Chinese
    add(
        Order.APPROVE,
        "approve aprobar aprovar genehmigen approuver approva approvare موافقة قبول स्वीकृत स्वीकार"
            + " setujui 批准 同意");
    add(
        Order.DENY,
        "deny denegar rechazar negar recusar ablehnen refuser rifiuta rifiutare رفض अस्वीकृत"
            + " अस्वीकार tolak 拒绝 拒絕");
    add(
        Order.BLOCK,
        "block bloquear blockieren sperren bloquer blocca bloccare حظر ब्लॉक blokir 屏蔽 封禁 封鎖");
  }

  private CommandWords() {}

  private static void add(Order order, String words) {
    for (String word : words.split(" ")) {
      WORDS.put(folded(word), order);
    }
  }

  /** Returns what a word means, which {@link #folded} has returned. */
  static Optional<Order> find(String folded) {
    return Optional.ofNullable(WORDS.get(folded));
  }

  /**
   * Returns a text in the form in which commands are compared: without marks on letters, in lower
   * case, full-width characters as usual ones, digits of any script as 0–9, and everything else
   * that is neither a letter nor a digit as a space.
   */
  static String folded(String text) {
    StringBuilder folded = new StringBuilder(text.length());
    Normalizer.normalize(text, Normalizer.Form.NFKD)
        .codePoints()
        .forEach(
            point -> {
              int type = Character.getType(point);
              if (type == Character.DECIMAL_DIGIT_NUMBER) {
                folded.append((char) ('0' + Character.digit(point, 10)));
              } else if (Character.isLetter(point) || type == Character.COMBINING_SPACING_MARK) {
                folded.appendCodePoint(point);
              } else if (type != Character.NON_SPACING_MARK
                  && type != Character.ENCLOSING_MARK
                  && type != Character.FORMAT) {
                folded.append(' ');
              }
            });
    return folded.toString().toLowerCase(Locale.ROOT).strip();
  }
}
