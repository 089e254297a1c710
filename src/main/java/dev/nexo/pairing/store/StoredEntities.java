package dev.nexo.pairing.store;

import dev.nexo.pairing.config.Component;
import java.util.List;

/** The entities of this room. */
@Component
class StoredEntities implements Entities {

  @Override
  public List<Class<?>> classes() {
    return List.of(
        PendingRow.class,
        AllowRow.class,
        BlockedRow.class,
        ExpiredRow.class,
        OutboxRow.class,
        AuditRow.class,
        SecretRow.class);
  }
}
