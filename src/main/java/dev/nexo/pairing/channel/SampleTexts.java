package dev.nexo.pairing.channel;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.config.Texts;
import dev.nexo.pairing.internal.TextPreviews;
import dev.nexo.pairing.message.TextFormat;
import dev.nexo.pairing.message.TextKind;
import dev.nexo.pairing.message.TextPlaceholder;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Renders the texts of messages with sample values. Thread-safe. */
@Component
final class SampleTexts implements TextPreviews {

  private final Texts texts;

  @Inject
  SampleTexts(Texts texts) {
    this.texts = texts;
  }

  @Override
  public String language() {
    return texts.language();
  }

  @Override
  public List<String> languages() {
    return texts.languages();
  }

  @Override
  public List<Preview> previews(ChannelAccount account, String language) {
    return Arrays.stream(TextKind.values())
        .filter(kind -> kind.setting().isPresent())
        .filter(
            kind ->
                kind != TextKind.CODE_ONLY
                    || texts.sendsCodeAlone(account.channel(), account.accountId(), language))
        .map(kind -> preview(account, language, kind))
        .toList();
  }

  private Preview preview(ChannelAccount account, String language, TextKind kind) {
    Texts.Found found = texts.find(account.channel(), account.accountId(), language, kind);
    String text = found.template().render(sample(account, kind), TextFormat.PLAIN);
    return new Preview(kind.wireName(), text, found.language(), found.configured());
  }

  private static Map<TextPlaceholder, String> sample(ChannelAccount account, TextKind kind) {
    // Owners read what a stranger claims in quotation marks.
    boolean quoted = kind.setting().filter(TextKind.OWNER::equals).isPresent();
    Map<TextPlaceholder, String> values = new EnumMap<>(TextPlaceholder.class);
    values.put(TextPlaceholder.CODE, "K7M3XQ9P");
    values.put(TextPlaceholder.CHANNEL, account.channel());
    values.put(TextPlaceholder.ACCOUNT, account.accountId());
    values.put(TextPlaceholder.SENDER, "+15550001111");
    values.put(TextPlaceholder.NAME, quoted ? "“Ana”" : "Ana");
    values.put(TextPlaceholder.NUMBER, "12");
    values.put(TextPlaceholder.MINUTES, "60");
    values.put(TextPlaceholder.TEXT, "“Hello”");
    return values;
  }
}
