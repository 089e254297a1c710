/** JSON that callers send: one strict reader, its fields, and the body of {@code inbound}. */
package dev.nexo.pairing.json;
