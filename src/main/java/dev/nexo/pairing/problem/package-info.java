/** Problems (RFC 9457): what a caller is told if a request fails, over HTTP and on the bus. */
package dev.nexo.pairing.problem;
