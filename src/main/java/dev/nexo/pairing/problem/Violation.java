package dev.nexo.pairing.problem;

/**
 * One invalid value of a request.
 *
 * @param field its name in the API, such as {@code account_id}, or an element of a list, such as
 *     {@code sender_ids[3]}
 * @param message what is allowed; continues the sentence that the field's name begins: "must be …"
 */
public record Violation(String field, String message) {}
