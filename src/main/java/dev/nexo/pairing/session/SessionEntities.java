package dev.nexo.pairing.session;

import dev.nexo.pairing.database.EntityClasses;
import dev.nexo.pairing.platform.Component;
import java.util.List;

/** The entities of this room. */
@Component
class SessionEntities implements EntityClasses {

  @Override
  public List<Class<?>> classes() {
    return List.of(SessionEntity.class);
  }
}
