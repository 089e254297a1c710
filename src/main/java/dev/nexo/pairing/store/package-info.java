/**
 * Stores pairings in the database: pending requests, allow-from, blocked senders and the audit
 * trail.
 */
package dev.nexo.pairing.store;
