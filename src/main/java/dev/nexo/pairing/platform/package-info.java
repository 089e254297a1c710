/**
 * Time, randomness, identifiers, threads and private files, from the JDK or the server. Tests
 * replace them.
 */
package dev.nexo.pairing.platform;
