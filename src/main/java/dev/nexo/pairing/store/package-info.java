/** Pairings in the database: pending requests, allow-from, blocked senders, the audit trail. */
package dev.nexo.pairing.store;
