/**
 * Lets other modules' JAX-RS resources honour companions' sessions by one annotation, {@link
 * dev.nexo.pairing.guard.SessionRequired}. A room of its own, because it needs nothing but the root
 * and JAX-RS, and whoever does not ask for it is not touched by it.
 */
package dev.nexo.pairing.guard;
