package dev.nexo.pairing.keys;

import dev.nexo.pairing.companion.SigningKeyException;
import java.io.IOException;
import java.nio.file.Path;

/** Why nothing can be signed, with the remedy. */
public final class SigningKeyErrors {

  private SigningKeyErrors() {}

  /** A key was replaced as often as it was signed with. */
  public static SigningKeyException replacedAgain() {
    return new SigningKeyException(
        "The key is being replaced again and again: try again when that is over", null);
  }

  /** No key can be put there. */
  static SigningKeyException unwritable(Path path, IOException cause) {
    return new SigningKeyException(
        "No key can be written at "
            + path
            + " ("
            + cause.getClass().getSimpleName()
            + "): give the server's user the right to write in that directory, or set"
            + " pairing.setup_code.secret_path",
        cause);
  }
}
