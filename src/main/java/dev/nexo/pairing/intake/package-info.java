/**
 * One message from raw to outcome: the sender brought into canonical form, the gate asked, the
 * challenge delivered. Other modules come through {@link dev.nexo.pairing.PairingIntake}, the bus
 * through its two modes (contract, section 5).
 */
package dev.nexo.pairing.intake;
