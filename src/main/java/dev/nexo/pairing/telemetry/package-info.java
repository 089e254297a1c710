/**
 * Exposes metrics and health checks for the operator's monitoring. It observes events of the other
 * packages, and no other package uses it.
 */
package dev.nexo.pairing.telemetry;
