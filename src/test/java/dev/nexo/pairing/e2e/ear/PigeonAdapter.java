package dev.nexo.pairing.e2e.ear;

import dev.nexo.pairing.spi.PairingChannelAdapter;
import dev.nexo.pairing.spi.Reply;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** An adapter in a WAR, where the module in the EAR's lib cannot find it. */
@ApplicationScoped
public class PigeonAdapter implements PairingChannelAdapter {

  @Override
  public String channelId() {
    return "pigeon";
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
