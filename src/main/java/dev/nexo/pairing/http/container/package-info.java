/**
 * Protects the web applications of Open Liberty itself, {@code /metrics} and {@code /ibm/api},
 * whose requests no filter of this module sees, and checks how the container is configured.
 */
package dev.nexo.pairing.http.container;
