/**
 * Channel adapters: the built-in ones, those of other modules, and those that plugins serve over
 * the broker.
 */
package dev.nexo.pairing.channel;
