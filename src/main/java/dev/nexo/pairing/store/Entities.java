package dev.nexo.pairing.store;

import java.util.List;

/**
 * The entity classes of a room that has its own. Implementations are CDI beans, asked once, before
 * the database is opened.
 */
public interface Entities {

  /** The classes. */
  List<Class<?>> classes();
}
