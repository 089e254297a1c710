/**
 * Provides the clock, randomness, identifiers, threads and private files to all other packages.
 * They come from the JDK or the server, and tests replace them.
 */
package dev.nexo.pairing.platform;
