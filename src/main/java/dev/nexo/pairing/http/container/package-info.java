/**
 * Protects Open Liberty's own web applications, {@code /metrics} and {@code /ibm/api}, which the
 * servlet filters of this module do not cover, and checks the container's configuration.
 */
package dev.nexo.pairing.http.container;
