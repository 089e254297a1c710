/**
 * The text forms of the pairing contract, section 6: setup codes and bootstrap tokens, over bytes
 * and a key. Needs nothing but the JDK, so that a companion can use it as it is.
 */
package dev.nexo.pairing.codec;
