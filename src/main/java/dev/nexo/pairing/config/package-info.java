/** What the operator configured, and the seams to the outside world: time, randomness, ids. */
package dev.nexo.pairing.config;
