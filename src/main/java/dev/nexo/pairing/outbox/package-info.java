/**
 * Delivers challenges and approval messages at least once: rows that the store writes in its
 * transactions are claimed, sent through the channel adapters and acknowledged here.
 */
package dev.nexo.pairing.outbox;
