package dev.nexo.pairing.http.fake;

import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.config.Component;
import java.util.Optional;
import java.util.Set;

/** Puts a plus in front of bare digits and rejects what begins with {@code legacy}. */
@Component
public class FakeAdapters implements PairingAdapterRegistry {

  @Override
  public Set<String> channels() {
    return Set.of("whatsapp");
  }

  @Override
  public Optional<String> normalizeSender(String channel, String raw) {
    Troubles.mayCome(raw);
    if (raw.startsWith("legacy")) {
      return Optional.empty();
    }
    return Optional.of(raw.matches("\\d+") ? "+" + raw : raw);
  }

  @Override
  public String challengeText(String channel, PairingCode code) {
    return code.value();
  }

  @Override
  public void sendQrImage(String channel, String accountId, String to, byte[] png) {
    throw new UnsupportedOperationException("The channel " + channel + " takes no pictures");
  }
}
