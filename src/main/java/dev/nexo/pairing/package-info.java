/**
 * The API for a bot's developer: the gate, the intake and the store, and the values that they use.
 *
 * <p>A message comes in through {@link dev.nexo.pairing.PairingIntake}, or its sender is checked by
 * {@link dev.nexo.pairing.PairingGate}. Operators approve, revoke and list through {@link
 * dev.nexo.pairing.PairingStore}. This package needs only the JDK, so other modules can compile
 * against the API jar alone. Values are immutable; each interface states its thread-safety.
 */
package dev.nexo.pairing;
