/** Processes incoming messages: through CDI and over the bus. */
package dev.nexo.pairing.intake;
