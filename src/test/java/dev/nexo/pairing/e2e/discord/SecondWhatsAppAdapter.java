package dev.nexo.pairing.e2e.discord;

import dev.nexo.pairing.spi.PairingChannelAdapter;
import dev.nexo.pairing.spi.Reply;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** A second adapter for WhatsApp, for which the module already has one. */
@ApplicationScoped
public class SecondWhatsAppAdapter implements PairingChannelAdapter {

  @Override
  public String channelId() {
    return "whatsapp";
  }

  @Override
  public Optional<String> normalizeSender(String raw) {
    return Optional.of(raw);
  }

  @Override
  public void sendReply(Reply reply) {
    throw new UnsupportedOperationException();
  }
}
