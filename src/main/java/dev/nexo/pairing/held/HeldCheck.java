package dev.nexo.pairing.held;

import dev.nexo.pairing.config.BusSettings;
import dev.nexo.pairing.internal.DoctorCheck;
import dev.nexo.pairing.internal.DoctorMessage;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.keys.KeyRing;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.store.HeldTable;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/** Checks whether this server can decrypt and deliver all held messages. Thread-safe. */
@Component
class HeldCheck implements DoctorCheck {

  private static final String HELD = "held_messages";
  private static final int SHOWN_DIGITS = 16;

  private final HeldTable table;
  private final KeyRing keys;
  private final BusSettings bus;

  @Inject
  HeldCheck(HeldTable table, KeyRing keys, BusSettings bus) {
    this.table = table;
    this.keys = keys;
    this.bus = bus;
  }

  @Override
  public String name() {
    return HELD;
  }

  @Override
  public List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    table
        .countByKey()
        .forEach(
            (key, count) -> {
              if (keys.decrypting(key).isEmpty()) {
                findings.add(
                    DoctorMessage.HELD_UNREADABLE.finding(
                        HELD, count, key.substring(0, Math.min(SHOWN_DIGITS, key.length()))));
              }
            });
    if (bus.forwardPrefix().isEmpty() && table.waitsForBus()) {
      findings.add(DoctorMessage.HELD_NOT_FORWARDED.finding(HELD));
    }
    if (findings.isEmpty()) {
      findings.add(Finding.ok(HELD, "All held messages can be read and delivered."));
    }
    return findings;
  }
}
