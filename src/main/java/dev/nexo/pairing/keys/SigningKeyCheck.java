package dev.nexo.pairing.keys;

import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.internal.DoctorCheck;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at the key that signs setup codes: whether this server has the one that the others have,
 * and whether the file is its own. Thread-safe.
 */
@Component
class SigningKeyCheck implements DoctorCheck {

  private static final String KEY = "key_file";
  private static final String PREVIOUS = "previous_key_files";
  private static final String OWNER = "key_owner";

  private final KeyRing ring;
  private final KeyFiles files;

  @Inject
  SigningKeyCheck(KeyRing ring, KeyFiles files) {
    this.ring = ring;
    this.files = files;
  }

  @Override
  public String name() {
    return KEY;
  }

  @Override
  public List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    try {
      KeySet keys = ring.refresh();
      findings.add(key(keys));
      for (KeyProblem trouble : keys.faults()) {
        findings.add(
            Finding.warning(
                PREVIOUS,
                "A previous key does not verify: " + trouble.summary() + ".",
                sentence(trouble)));
      }
    } catch (StorageUnavailableException e) {
      findings.add(
          Finding.fault(
              KEY,
              "Which key counts is unknown while the database does not answer.",
              "See what is found on the database."));
    }
    owner().ifPresent(findings::add);
    return findings;
  }

  private Finding key(KeySet keys) {
    if (keys.trouble() != null) {
      return Finding.fault(
          KEY,
          "No setup code can be signed: the key file is " + keys.trouble().summary() + ".",
          sentence(keys.trouble()));
    }
    return Finding.ok(
        KEY,
        keys.signing() == null
            ? "There is no key yet; the first setup code makes one."
            : files.path() + " is the key that all servers agree on, and closed to other users.");
  }

  private static String sentence(KeyProblem trouble) {
    return trouble.sentence() + ".";
  }

  private Optional<Finding> owner() {
    try {
      Path made = files.path();
      return Optional.of(owner(made, Files.getOwner(made).getName(), serverUser()));
    } catch (NoSuchFileException | UnsupportedOperationException e) {
      return Optional.empty();
    } catch (IOException e) {
      // What is wrong with the file itself is a finding already.
      return Optional.empty();
    }
  }

  /** Root is 0600's one exception: it may read and change anything anyway. */
  static Finding owner(Path key, String owner, String user) {
    if (owner.equals(user) || owner.equals("root")) {
      return Finding.ok(OWNER, key + " belongs to " + owner + ".");
    }
    return Finding.warning(
        OWNER,
        key + " belongs to " + owner + ", who can read it, and not to " + user + ".",
        "Run chown " + user + " '" + key + "'.");
  }

  private static String serverUser() {
    return System.getProperty("user.name");
  }
}
