/**
 * The message broker: NATS, or CDI events of this process where none is configured. The only room
 * that knows the NATS library.
 */
package dev.nexo.pairing.channel.broker;
