/**
 * Publishes and receives messages on the broker: a NATS server, or CDI events within this process
 * if none is configured. The only package that uses the NATS library.
 */
package dev.nexo.pairing.broker;
