package dev.nexo.pairing.session;

import dev.nexo.pairing.config.Component;
import dev.nexo.pairing.store.Entities;
import java.util.List;

/** The entities of this room. */
@Component
class SessionEntities implements Entities {

  @Override
  public List<Class<?>> classes() {
    return List.of(SessionRow.class);
  }
}
