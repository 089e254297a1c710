package dev.nexo.pairing.channel;

import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.config.Texts;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.message.StandardTexts;
import dev.nexo.pairing.message.TextFormat;
import dev.nexo.pairing.message.TextKind;
import dev.nexo.pairing.message.TextPlaceholder;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.spi.PairingChannelAdapter;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.util.Map;

/** Writes messages to senders in their language and in the markup of their channel. Thread-safe. */
@Component
public final class SenderTexts {

  private static final Logger LOG = System.getLogger(SenderTexts.class.getName());

  private final AdapterRegistry registry;
  private final Texts texts;

  @Inject
  SenderTexts(AdapterRegistry registry, Texts texts) {
    this.registry = registry;
    this.texts = texts;
  }

  /**
   * Returns the text of a message. The standard challenge in English is the one of the channel's
   * adapter, which may have a wording of its own.
   *
   * @param language the language of the sender, as a primary subtag of BCP 47, or null
   * @param values what the placeholders are replaced by
   */
  public String text(
      String channel,
      String accountId,
      String language,
      TextKind kind,
      Map<TextPlaceholder, String> values) {
    Texts.Found found = texts.find(channel, accountId, language, kind);
    if (kind == TextKind.CHALLENGE
        && !found.configured()
        && found.language().equals(StandardTexts.ENGLISH)) {
      return registry.challengeText(channel, new PairingCode(values.get(TextPlaceholder.CODE)));
    }
    try {
      return found.template().render(values, format(channel));
    } catch (RuntimeException e) {
      // The message of the exception may repeat the code.
      LogMessage.CHALLENGE_NOT_FORMATTED.log(LOG, channel, e.getClass().getName());
      return found.template().render(values, TextFormat.PLAIN);
    }
  }

  /** Returns plain text in the markup of a channel. */
  public String plain(String channel, String text) {
    return format(channel).text(text);
  }

  private TextFormat format(String channel) {
    PairingChannelAdapter adapter =
        registry.adapter(channel).orElseGet(() -> registry.plain(channel));
    return new TextFormat() {
      @Override
      public String text(String plain) {
        return adapter.formatPlainText(plain);
      }

      @Override
      public String command(String plain) {
        return adapter.formatCommand(plain);
      }
    };
  }
}
