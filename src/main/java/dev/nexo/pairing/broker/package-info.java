/**
 * The message broker: NATS, or CDI events within this process if none is configured. The only
 * package that uses the NATS library.
 */
package dev.nexo.pairing.broker;
