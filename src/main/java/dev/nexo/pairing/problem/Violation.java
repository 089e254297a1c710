package dev.nexo.pairing.problem;

/**
 * One value of a request that is not what the contract allows.
 *
 * @param field its name as the contract spells it, like {@code account_id}, or a place in a list,
 *     like {@code sender_ids[3]}
 * @param message what is allowed, to be read after the field's name: "must be …"
 */
public record Violation(String field, String message) {}
