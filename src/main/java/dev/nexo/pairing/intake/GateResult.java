package dev.nexo.pairing.intake;

import dev.nexo.pairing.Decision;

/**
 * What the gate said of a message, before anything is delivered.
 *
 * @param senderId the canonical sender, or null where there is none
 * @param decision the decision
 */
record GateResult(String senderId, Decision decision) {}
