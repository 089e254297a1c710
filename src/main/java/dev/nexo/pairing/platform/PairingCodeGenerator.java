package dev.nexo.pairing.platform;

import dev.nexo.pairing.PairingCode;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.util.Set;

/** Generates pairing codes, uniformly distributed, with a {@link SecureRandom}. Thread-safe. */
@Component
public class PairingCodeGenerator {

  private final SecureRandom random;

  @Inject
  PairingCodeGenerator(SecureRandom random) {
    this.random = random;
  }

  /**
   * Returns a random code. It may exist already; the database's unique index rejects duplicates.
   */
  public PairingCode next() {
    byte[] bytes = new byte[PairingCode.LENGTH];
    random.nextBytes(bytes);
    char[] code = new char[PairingCode.LENGTH];
    for (int i = 0; i < code.length; i++) {
      // 256 is a multiple of the 32 letters, so masking makes every letter equally likely.
      code[i] = PairingCode.ALPHABET.charAt(bytes[i] & 31);
    }
    return new PairingCode(new String(code));
  }

  /** Returns a code that is not in a set, and adds it to the set. */
  public String nextOutside(Set<String> taken) {
    String code;
    do {
      code = next().value();
    } while (!taken.add(code));
    return code;
  }

  /** Whether a string is a code in its canonical form. */
  public static boolean isCode(String text) {
    return PairingCode.parse(text).filter(code -> code.value().equals(text)).isPresent();
  }
}
