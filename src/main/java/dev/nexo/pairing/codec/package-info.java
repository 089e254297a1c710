/**
 * Encodes and decodes bootstrap tokens and setup codes. Uses only the JDK; the command line shares
 * it.
 */
package dev.nexo.pairing.codec;
