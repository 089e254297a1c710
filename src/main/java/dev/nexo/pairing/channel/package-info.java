/**
 * Normalizes sender ids and sends replies through channel adapters. Contains the registry of
 * adapters and the brokered adapters, which forward to plugins over the broker.
 */
package dev.nexo.pairing.channel;
