/**
 * The interfaces that other modules implement: channel adapters, and listeners for decisions and
 * tokens.
 */
package dev.nexo.pairing.spi;
