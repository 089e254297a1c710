package dev.nexo.pairing.platform;

/** Generates unguessable identifiers. Thread-safe. */
public interface IdSource {

  /** Returns a random UUID (RFC 9562, version 4) in its 36-character form. */
  String nextUuid();
}
