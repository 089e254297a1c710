package dev.nexo.pairing.http.auth;

/**
 * Somebody who proved who they are.
 *
 * @param name as they are called in the audit trail
 * @param role what they may do
 */
record Account(String name, Role role) {}
