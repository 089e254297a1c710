package dev.nexo.pairing.session;

import dev.nexo.pairing.codec.Base64Url;
import dev.nexo.pairing.companion.SessionToken;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.security.SecureRandom;

/** Makes session tokens: 32 random bytes in base64url (contract, section 8). Thread-safe. */
@Component
class SessionTokenGenerator {

  private static final int BYTES = 32;

  private final SecureRandom random;

  @Inject
  SessionTokenGenerator(SecureRandom random) {
    this.random = random;
  }

  SessionToken next() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new SessionToken(Base64Url.encode(bytes));
  }
}
