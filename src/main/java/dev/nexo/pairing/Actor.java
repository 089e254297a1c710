package dev.nexo.pairing;

/**
 * The person or module that makes a change, for the audit trail.
 *
 * @param name the authenticated account, for example {@code operator}, or the calling module
 * @param surface the interface through which the change is made
 */
public record Actor(String name, Surface surface) {

  /** This module itself. */
  public static final Actor GATE = new Actor("gate", Surface.GATE);

  /** A companion that authenticated with its token. */
  public static final Actor COMPANION = new Actor("companion", Surface.COMPANION);
}
