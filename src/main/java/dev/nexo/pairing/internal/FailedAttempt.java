package dev.nexo.pairing.internal;

/**
 * The CDI event that somebody presented a wrong secret.
 *
 * @param login who it was
 */
public record FailedAttempt(LoginKey login) {}
