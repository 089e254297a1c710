package dev.nexo.pairing.setupcode;

import dev.nexo.pairing.database.EntityClasses;
import dev.nexo.pairing.keys.SigningKeyEntity;
import dev.nexo.pairing.platform.Component;
import java.util.List;

/** The entities of this room. */
@Component
class SetupCodeEntities implements EntityClasses {

  @Override
  public List<Class<?>> classes() {
    return List.of(SigningKeyEntity.class, SetupCodeEntity.class, SpentNonceEntity.class);
  }
}
