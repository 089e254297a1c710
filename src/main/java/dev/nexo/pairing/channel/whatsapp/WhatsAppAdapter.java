package dev.nexo.pairing.channel.whatsapp;

import dev.nexo.pairing.channel.ReplyPublisher;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.spi.PairingChannelAdapter;
import dev.nexo.pairing.spi.Reply;
import dev.nexo.pairing.spi.SenderVerdict;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** The adapter of WhatsApp. Its plugin listens below {@code plugin.outbound.whatsapp}. */
@Component
final class WhatsAppAdapter implements PairingChannelAdapter {

  private final ReplyPublisher outbound;

  @Inject
  WhatsAppAdapter(ReplyPublisher outbound) {
    this.outbound = outbound;
  }

  @Override
  public String channelId() {
    return "whatsapp";
  }

  @Override
  public Optional<String> normalizeSender(String raw) {
    return WhatsAppIds.assess(raw).accepted();
  }

  @Override
  public SenderVerdict assess(String raw) {
    return WhatsAppIds.assess(raw);
  }

  @Override
  public List<String> warnings(String raw) {
    return normalizeSender(raw).map(NumberPlans::warnings).orElse(List.of());
  }

  @Override
  public List<String> nearTwins(String canonical) {
    return NumberPlans.nearTwins(canonical);
  }

  @Override
  public void sendReply(Reply reply) {
    outbound.publish(channelId(), reply, Optional.empty());
  }
}
