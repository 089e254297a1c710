/**
 * How a request fails: every fault as RFC 9457 {@code application/problem+json}, from one table.
 *
 * <p>A room of its own because both sides of the HTTP interface speak it: servlet filters, which
 * see a request before JAX-RS does, and JAX-RS resources with their exception mappers. A 5xx tells
 * its cause to the log alone.
 */
package dev.nexo.pairing.http.problem;
