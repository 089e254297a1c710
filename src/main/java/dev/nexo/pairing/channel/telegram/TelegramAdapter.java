package dev.nexo.pairing.channel.telegram;

import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.channel.ReplyPublisher;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.spi.PairingChannelAdapter;
import dev.nexo.pairing.spi.Reply;
import jakarta.inject.Inject;
import java.util.Optional;

/** Telegram, spoken to through the plugin that listens on {@code plugin.outbound.telegram.>}. */
@Component
final class TelegramAdapter implements PairingChannelAdapter {

  private final ReplyPublisher outbound;

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
    return TelegramIds.canonical(raw);
  }

  @Override
  public String formatChallengeText(PairingCode code) {
    return MarkdownV2.text("🔐 Pairing required.\nAsk the operator to run:\n  ")
        + MarkdownV2.code("nexo pair approve " + code.value());
  }

  @Override
  public String formatPlainText(String plain) {
    return MarkdownV2.text(plain);
  }

  @Override
  public void sendReply(Reply reply) {
    outbound.publish(channelId(), reply, Optional.of(MarkdownV2.PARSE_MODE));
  }
}
