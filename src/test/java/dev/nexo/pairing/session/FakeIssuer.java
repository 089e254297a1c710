package dev.nexo.pairing.session;

import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.SetupCode;
import dev.nexo.pairing.companion.SetupCodeIssuer;
import dev.nexo.pairing.companion.TokenCheck;
import dev.nexo.pairing.companion.TokenRejection;
import dev.nexo.pairing.companion.VerifiedClaims;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** Tokens that say in clear what they are: {@code signed~nonce~expiry in ms~label}. */
final class FakeIssuer implements SetupCodeIssuer {

  private final Clock clock;
  final AtomicInteger verified = new AtomicInteger();

  FakeIssuer(Clock clock) {
    this.clock = clock;
  }

  static BootstrapToken token(String nonce, Instant expiresAt, String label) {
    return new BootstrapToken(
        "signed~" + nonce + '~' + expiresAt.toEpochMilli() + '~' + (label == null ? "" : label));
  }

  @Override
  public SetupCode issue(String url, String profile, Duration ttl, String deviceLabel) {
    throw new UnsupportedOperationException();
  }

  @Override
  public TokenCheck verify(BootstrapToken token) {
    verified.incrementAndGet();
    String[] parts = token.value().split("~", -1);
    if (parts.length != 4 || token.value().length() > BootstrapToken.MAX_LENGTH) {
      return new TokenCheck.Refused(TokenRejection.MALFORMED);
    }
    if (!parts[0].equals("signed")) {
      return new TokenCheck.Refused(TokenRejection.INVALID_SIGNATURE);
    }
    Instant expiresAt = Instant.ofEpochMilli(Long.parseLong(parts[2]));
    VerifiedClaims claims =
        new VerifiedClaims(
            DEFAULT_PROFILE, expiresAt, parts[1], parts[3].isEmpty() ? null : parts[3]);
    return clock.instant().isBefore(expiresAt)
        ? new TokenCheck.Valid(claims)
        : new TokenCheck.Refused(TokenRejection.EXPIRED, claims);
  }
}
