package dev.nexo.pairing.database;

import java.util.List;

/**
 * Registers the entity classes of a package. Implementations are CDI beans; they are called before
 * the database opens.
 */
public interface EntityClasses {

  /** Returns the entity classes. */
  List<Class<?>> classes();
}
