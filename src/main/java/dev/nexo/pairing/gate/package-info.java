/** Decides who is admitted, with a cache for admitted senders. */
package dev.nexo.pairing.gate;
