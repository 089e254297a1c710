package dev.nexo.pairing.config;

import dev.nexo.pairing.message.StandardTexts;
import dev.nexo.pairing.message.TextKind;
import dev.nexo.pairing.message.TextTemplate;
import java.util.List;
import java.util.Optional;

/**
 * Finds the text of a message to a sender. Implementations are thread-safe and fast.
 *
 * <p>The languages are, in this order, the one that the sender uses, {@link #language}, and
 * English. In each of them, the text is that of {@code
 * pairing.messages.<channel>.<account>.<language>.<kind>}, of {@code
 * pairing.messages.<language>.<kind>}, or the standard text.
 */
public interface Texts {

  /** The standard texts, with nothing configured. */
  Texts STANDARD =
      new Texts() {
        @Override
        public String language() {
          return StandardTexts.ENGLISH;
        }

        @Override
        public List<String> languages() {
          return StandardTexts.LANGUAGES;
        }

        @Override
        public Optional<TextTemplate> configured(
            String channel, String accountId, String language, TextKind kind) {
          return Optional.empty();
        }
      };

  /**
   * A text.
   *
   * @param template the text
   * @param language its language
   * @param configured whether it is configured, rather than a standard text
   */
  record Found(TextTemplate template, String language, boolean configured) {}

  /** Returns the language of senders whose own is not known or has no texts. */
  String language();

  /** Returns the languages that have texts. */
  List<String> languages();

  /** Returns the configured text in exactly this language; empty if there is none. */
  Optional<TextTemplate> configured(
      String channel, String accountId, String language, TextKind kind);

  /**
   * Returns the text for a sender.
   *
   * @param channel the channel; may be any string, as may the account
   * @param language the language that the sender uses, as a primary subtag of BCP 47, or null
   */
  default Found find(String channel, String accountId, String language, TextKind kind) {
    return (language == null ? Optional.<Found>empty() : in(channel, accountId, language, kind))
        .or(() -> in(channel, accountId, language(), kind))
        .or(() -> in(channel, accountId, StandardTexts.ENGLISH, kind))
        .orElseThrow();
  }

  /**
   * Returns whether a sender gets the code a second time, in a message of its own: whether a text
   * {@link TextKind#CODE_ONLY} is configured in the language of the sender or in {@link #language}.
   */
  default boolean sendsCodeAlone(String channel, String accountId, String language) {
    return (language != null
            && configured(channel, accountId, language, TextKind.CODE_ONLY).isPresent())
        || configured(channel, accountId, language(), TextKind.CODE_ONLY).isPresent();
  }

  private Optional<Found> in(String channel, String accountId, String language, TextKind kind) {
    return configured(channel, accountId, language, kind)
        .map(template -> new Found(template, language, true))
        .or(
            () ->
                StandardTexts.find(language, kind)
                    .map(template -> new Found(template, language, false)));
  }
}
