/** Takes a message from its raw form to an outcome: by CDI, and over the bus. */
package dev.nexo.pairing.intake;
