package dev.nexo.pairing.channel.telegram;

import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.channel.ReplyPublisher;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.spi.PairingChannelAdapter;
import dev.nexo.pairing.spi.Reply;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Optional;

/** The adapter of Telegram. Its plugin subscribes to {@code plugin.outbound.telegram.>}. */
@Component
final class TelegramAdapter implements PairingChannelAdapter {

  private static final String PARSE_MODE = "MarkdownV2";
  private static final String SPECIAL = "_*[]()~`>#+-=|{}.!\\";
  private static final String SPECIAL_IN_CODE = "`\\";

  private final ReplyPublisher outbound;

  @Inject
  TelegramAdapter(ReplyPublisher outbound) {
    this.outbound = outbound;
  }

  @Override
  public String channelId() {
    return "telegram";
  }

  /**
   * Normalizes a Telegram id: numeric ids (negative for groups) stay unchanged, and names become
   * {@code @name} in lower case ({@code protocol.md#sender-ids}).
   */
  @Override
  public Optional<String> normalizeSender(String raw) {
    if (raw.isEmpty()) {
      return Optional.empty();
    }
    char first = raw.charAt(0);
    if (first == '-' || isDigit(first)) {
      return isNumeric(raw, first == '-' ? 1 : 0) ? Optional.of(raw) : Optional.empty();
    }
    return name(raw, first == '@' ? 1 : 0);
  }

  private static boolean isNumeric(String raw, int start) {
    for (int i = start; i < raw.length(); i++) {
      if (!isDigit(raw.charAt(i))) {
        return false;
      }
    }
    return raw.length() > start;
  }

  /** Normalizes a name: an ASCII letter, then ASCII letters, digits and underscores. */
  private static Optional<String> name(String raw, int start) {
    if (raw.length() == start || !isLetter(raw.charAt(start))) {
      return Optional.empty();
    }
    boolean lower = true;
    for (int i = start; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (!isLetter(c) && !isDigit(c) && c != '_') {
        return Optional.empty();
      }
      lower &= c < 'A' || c > 'Z';
    }
    String marked = start == 1 ? raw : "@".concat(raw);
    return Optional.of(lower ? marked : marked.toLowerCase(Locale.ROOT));
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  @Override
  public String formatChallengeText(PairingCode code) {
    return text("🔐 Pairing required.\nAsk the operator to run:\n  ")
        + code("nexo pair approve " + code.value());
  }

  @Override
  public String formatPlainText(String plain) {
    return text(plain);
  }

  @Override
  public void sendReply(Reply reply) {
    outbound.publish(channelId(), reply, Optional.of(PARSE_MODE));
  }

  private static String text(String plain) {
    return escape(plain, SPECIAL);
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
