package dev.nexo.pairing.channel.telegram;

import dev.nexo.pairing.channel.ReplyPublisher;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.spi.PairingChannelAdapter;
import dev.nexo.pairing.spi.Reply;
import dev.nexo.pairing.spi.Reply.Button;
import dev.nexo.pairing.spi.SenderVerdict;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.util.List;
import java.util.Optional;

/** The adapter of Telegram. Its plugin listens below {@code plugin.outbound.telegram}. */
@Component
final class TelegramAdapter implements PairingChannelAdapter {

  private static final String PARSE_MODE = "MarkdownV2";
  private static final String SPECIAL = "_*[]()~`>#+-=|{}.!\\";
  private static final String SPECIAL_IN_CODE = "`\\";

  private final ReplyPublisher outbound;
  private final JsonProvider json = JsonProvider.provider();

  @Inject
  TelegramAdapter(ReplyPublisher outbound) {
    this.outbound = outbound;
  }

  @Override
  public String channelId() {
    return "telegram";
  }

  @Override
  public Optional<String> normalizeSender(String raw) {
    return TelegramIds.assess(raw).accepted();
  }

  @Override
  public SenderVerdict assess(String raw) {
    return TelegramIds.assess(raw);
  }

  /** Warns about names: most plugins send numeric ids. */
  @Override
  public List<String> warnings(String raw) {
    return normalizeSender(raw).filter(id -> id.charAt(0) == '@').isPresent()
        ? List.of(
            "Telegram sends numeric ids. A name matches only if the plugin sends names, and it can"
                + " change its owner.")
        : List.of();
  }

  @Override
  public String formatPlainText(String plain) {
    return escape(plain, SPECIAL);
  }

  @Override
  public String formatCommand(String plain) {
    return code(plain);
  }

  @Override
  public void sendReply(Reply reply) {
    JsonObjectBuilder further = json.createObjectBuilder().add("parse_mode", PARSE_MODE);
    if (!reply.buttons().isEmpty()) {
      further.add("reply_markup", keyboard(reply.buttons()));
    }
    outbound.publish(channelId(), reply, further);
  }

  /** Returns an inline keyboard, as in Telegram's Bot API. */
  private JsonObjectBuilder keyboard(List<List<Button>> buttons) {
    JsonArrayBuilder rows = json.createArrayBuilder();
    for (List<Button> line : buttons) {
      JsonArrayBuilder row = json.createArrayBuilder();
      for (Button button : line) {
        row.add(
            json.createObjectBuilder()
                .add("text", button.label())
                .add("callback_data", button.data()));
      }
      rows.add(row);
    }
    return json.createObjectBuilder().add("inline_keyboard", rows);
  }

  static String code(String plain) {
    return '`' + escape(plain, SPECIAL_IN_CODE) + '`';
  }

  /** Escapes the special characters of MarkdownV2 ({@code protocol.md#challenge-text}). */
  private static String escape(String plain, String special) {
    StringBuilder escaped = new StringBuilder(plain.length() + 16);
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (special.indexOf(c) >= 0) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }
}
