package dev.nexo.pairing.setupcode;

import dev.nexo.pairing.database.EntityClasses;
import dev.nexo.pairing.platform.Component;
import java.util.List;

/** Registers the entities of this package with the database. */
@Component
class SetupCodeEntities implements EntityClasses {

  @Override
  public List<Class<?>> classes() {
    return List.of(SetupCodeEntity.class, SpentNonceEntity.class);
  }
}
