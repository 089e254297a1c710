package dev.nexo.pairing.http;

import dev.nexo.pairing.config.Component;
import dev.nexo.pairing.config.SecuritySettings;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * The operator's password: the configured one, else that of the password file, which the first
 * start makes. Only its digest stays. Thread-safe.
 */
@Component
public final class OperatorPassword {

  private final SecretDigest digest;
  private final Optional<Path> file;

  /**
   * Finds the password, or makes one.
   *
   * @throws IllegalStateException where the password file is unfit; the message has the remedy
   */
  @Inject
  public OperatorPassword(SecuritySettings settings, SecureRandom random) {
    Optional<String> configured = settings.operatorPassword().filter(p -> !p.isBlank());
    if (settings.accounts() == SecuritySettings.Accounts.SERVER) {
      this.file = Optional.empty();
      this.digest = null;
    } else {
      Path path = settings.operatorPasswordFile();
      this.file = configured.isPresent() ? Optional.empty() : Optional.of(path);
      this.digest =
          SecretDigest.of(configured.orElseGet(() -> new PasswordFile(path).readOrMake(random)));
    }
  }

  /** The password's digest; null where accounts are the server's business. */
  SecretDigest digest() {
    return digest;
  }

  /** Where the password lies; empty where it is configured, or not needed. */
  Optional<Path> file() {
    return file;
  }
}
