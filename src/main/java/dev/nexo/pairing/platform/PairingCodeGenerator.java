package dev.nexo.pairing.platform;

import dev.nexo.pairing.PairingCode;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.util.Set;

/** Makes pairing codes: uniform over the alphabet, from a {@link SecureRandom}. Thread-safe. */
@Component
public class PairingCodeGenerator {

  private final SecureRandom random;

  @Inject
  PairingCodeGenerator(SecureRandom random) {
    this.random = random;
  }

  /** A code that is in all likelihood new; the unique index has the last word. */
  public PairingCode next() {
    byte[] bytes = new byte[PairingCode.LENGTH];
    random.nextBytes(bytes);
    char[] code = new char[PairingCode.LENGTH];
    for (int i = 0; i < code.length; i++) {
      // 32 letters divide 256 evenly, so that masking leaves every letter equally likely.
      code[i] = PairingCode.ALPHABET.charAt(bytes[i] & 31);
    }
    return new PairingCode(new String(code));
  }

  /** A code that is not among these, to which it is added. */
  public String nextOutside(Set<String> taken) {
    String code;
    do {
      code = next().value();
    } while (!taken.add(code));
    return code;
  }

  /** Whether this is a code in its canonical form. */
  public static boolean isCode(String text) {
    return PairingCode.parse(text).filter(code -> code.value().equals(text)).isPresent();
  }
}
