package dev.nexo.pairing;

/**
 * Who makes a change, for the audit trail.
 *
 * @param name the account they proved to be, like {@code operator}, or the module that calls
 * @param surface through what
 */
public record Actor(String name, Surface surface) {

  /** The module itself. */
  public static final Actor GATE = new Actor("gate", Surface.GATE);

  /** A companion that proved itself by a token. */
  public static final Actor COMPANION = new Actor("companion", Surface.COMPANION);
}
