package dev.nexo.pairing.database;

import java.util.List;

/**
 * The entity classes of a package. Implementations are CDI beans, read before the database opens.
 */
public interface EntityClasses {

  /** The classes. */
  List<Class<?>> classes();
}
