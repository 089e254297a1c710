package dev.nexo.pairing.setupcode;

import dev.nexo.pairing.config.Component;
import dev.nexo.pairing.store.Entities;
import java.util.List;

/** The entities of this room. */
@Component
class SetupCodeEntities implements Entities {

  @Override
  public List<Class<?>> classes() {
    return List.of(SigningKeyRow.class, SetupCodeRow.class, SpentNonceRow.class);
  }
}
