package dev.nexo.pairing.held;

import dev.nexo.pairing.database.Sweep;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.store.HeldTable;
import jakarta.inject.Inject;
import java.time.Instant;

/** Deletes held messages that nobody can receive any more. */
@Component
public class HeldSweep implements Sweep {

  private final HeldTable table;

  @Inject
  HeldSweep(HeldTable table) {
    this.table = table;
  }

  @Override
  public void sweep(Instant now) {
    table.clear(now);
  }
}
