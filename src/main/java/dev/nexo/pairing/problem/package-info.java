/** Describes failed requests as problem details (RFC 9457), over HTTP and on the bus. */
package dev.nexo.pairing.problem;
