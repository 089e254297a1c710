/**
 * Protects JAX-RS resources of other modules with the sessions of companions, by the annotation
 * {@link dev.nexo.pairing.guard.SessionRequired}. Needs only the API and JAX-RS.
 */
package dev.nexo.pairing.guard;
