/**
 * Protects methods of other modules: JAX-RS resources with the sessions of companions ({@link
 * dev.nexo.pairing.guard.SessionRequired}), and methods of beans with the gate ({@link
 * dev.nexo.pairing.guard.Admitted}). Needs only the API, CDI and JAX-RS.
 */
package dev.nexo.pairing.guard;
