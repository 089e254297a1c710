package dev.nexo.pairing.store;

import dev.nexo.pairing.database.EntityClasses;
import dev.nexo.pairing.platform.Component;
import java.util.List;

/** Registers the entities of this package. */
@Component
class PairingEntities implements EntityClasses {

  @Override
  public List<Class<?>> classes() {
    return List.of(PendingEntity.class, AllowEntity.class);
  }
}
