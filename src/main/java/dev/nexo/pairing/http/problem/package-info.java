/**
 * Writes errors as RFC 9457 {@code application/problem+json}, for servlet filters and for JAX-RS.
 * The cause of a 5xx is only in the log.
 */
package dev.nexo.pairing.http.problem;
