package dev.nexo.pairing.database;

import java.util.List;

/**
 * The entity classes of a room that has its own. Implementations are CDI beans, asked once, before
 * the database is opened.
 */
public interface EntityClasses {

  /** The classes. */
  List<Class<?>> classes();
}
