package dev.nexo.pairing.http.fake;

import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.spi.DeliveryException;
import java.util.Optional;
import java.util.Set;

/**
 * Puts a plus in front of bare digits and rejects what begins with {@code legacy}. WhatsApp takes
 * pictures, except for who is {@link #UNREACHABLE}.
 */
@Component
public class FakeAdapters implements PairingAdapterRegistry {

  /** To whom no picture gets through. */
  public static final String UNREACHABLE = "friend-without-signal";

  /** For whom the adapter fails in a way nobody thought of. */
  public static final String UNTHINKABLE = "friend-with-a-bug";

  @Override
  public Set<String> channels() {
    return Set.of("whatsapp");
  }

  @Override
  public Optional<String> normalizeSender(String channel, String raw) {
    FailingDependencies.mayCome(raw);
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
    if (!channel.equals("whatsapp")) {
      throw new UnsupportedOperationException("The channel " + channel + " takes no pictures");
    }
    if (to.equals(UNREACHABLE)) {
      throw new DeliveryException("The broker is away", null);
    }
    if (to.equals(UNTHINKABLE)) {
      throw new IllegalStateException("a secret of the adapter's");
    }
  }
}
