package dev.nexo.pairing.keys;

import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.internal.ReadinessCheck;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Whether this server has the key that the servers of its database sign with. Anybody can read
 * health, and so it has a word for what is wrong; the log has the whole sentence.
 */
@Component
public class SigningKeyReadinessCheck implements ReadinessCheck {

  private final KeyRing ring;

  @Inject
  SigningKeyReadinessCheck(KeyRing ring) {
    this.ring = ring;
  }

  @Override
  public String name() {
    return "key_file";
  }

  @Override
  public State check() {
    KeySet keys;
    try {
      keys = ring.refresh();
    } catch (StorageUnavailableException e) {
      keys = ring.last();
    }
    if (keys == null) {
      return new State(false, Map.of(name(), "unknown while the database does not answer"));
    }
    Map<String, String> details = new LinkedHashMap<>();
    if (keys.trouble() != null) {
      details.put(name(), keys.trouble().summary());
    } else {
      details.put(name(), keys.signing() == null ? "made with the first setup code" : "fine");
    }
    if (!keys.faults().isEmpty()) {
      details.put(
          "previous_key_files",
          keys.faults().stream()
              .map(KeyProblem::summary)
              .distinct()
              .collect(Collectors.joining("; ")));
    }
    return new State(keys.trouble() == null, details);
  }
}
