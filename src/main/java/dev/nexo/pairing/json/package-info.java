/** Reads the JSON that callers send, strictly, and the bodies of {@code inbound}. */
package dev.nexo.pairing.json;
