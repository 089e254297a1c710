package dev.nexo.pairing.setupcode;

import dev.nexo.pairing.Readiness;
import dev.nexo.pairing.config.Component;
import dev.nexo.pairing.config.SetupCodeSettings;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The file with the 32 bytes that sign bootstrap tokens (contract, section 6). Where it is missing
 * it is made when the first code is issued; where it is there it has to be fit for use.
 */
@Component
class KeyFile implements Readiness {

  private static final int LENGTH = 32;
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final Path path;

  @Inject
  KeyFile(SetupCodeSettings settings) {
    this.path = settings.secretPath();
  }

  @Override
  public String name() {
    return "key_file";
  }

  @Override
  public State check() {
    try {
      if (Files.notExists(path)) {
        return state(true, "made with the first setup code");
      }
      if (!Files.isReadable(path)) {
        return state(false, path + " cannot be read by this server: chown or chmod it");
      }
      if (!Files.isRegularFile(path) || Files.size(path) != LENGTH) {
        return state(
            false, path + " is not a key of 32 bytes: put the right file there, or move it away");
      }
      if (Files.getFileStore(path).supportsFileAttributeView("posix")
          && Files.getPosixFilePermissions(path).stream().anyMatch(OTHERS::contains)) {
        return state(false, path + " can be read by others: chmod 600 it");
      }
      return state(true, "fine");
    } catch (IOException e) {
      return state(false, path + " cannot be looked at: " + e.getMessage());
    }
  }

  private static State state(boolean up, String detail) {
    return new State(up, Map.of("key_file", detail));
  }
}
