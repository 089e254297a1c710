/** Encrypts the messages of pending senders, and delivers them after the approval. */
package dev.nexo.pairing.held;
