package dev.nexo.pairing.platform;

/** Makes identifiers that nobody can guess. Thread-safe. */
public interface IdSource {

  /** A random UUID in its usual form, RFC 9562 version 4. */
  String nextUuid();
}
