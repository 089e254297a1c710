package dev.nexo.pairing.testing;

import dev.nexo.pairing.AdapterUnavailableException;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.spi.SenderVerdict;
import java.util.Optional;
import java.util.Set;

/**
 * Adapters that trim and lower-case ids, reject {@code bad…}, take {@code group…} for groups, and
 * fail for {@code away…}.
 */
public final class StubAdapters implements PairingAdapterRegistry {

  @Override
  public Set<String> channels() {
    return Set.of("chat");
  }

  @Override
  public Optional<String> normalizeSender(String channel, String raw) {
    if (raw == null || raw.isBlank() || raw.startsWith("bad")) {
      return Optional.empty();
    }
    if (raw.startsWith("away")) {
      throw new AdapterUnavailableException("away", null);
    }
    return Optional.of(raw.strip().toLowerCase(java.util.Locale.ROOT));
  }

  @Override
  public SenderVerdict assess(String channel, String raw) {
    SenderVerdict verdict = PairingAdapterRegistry.super.assess(channel, raw);
    return raw != null && raw.startsWith("group")
        ? SenderVerdict.group(verdict.canonical())
        : verdict;
  }

  @Override
  public String challengeText(String channel, PairingCode code) {
    return "Your code is " + code.value();
  }

  @Override
  public void sendQrImage(String channel, String accountId, String to, byte[] png) {
    throw new UnsupportedOperationException("The channel " + channel + " takes no pictures");
  }
}
