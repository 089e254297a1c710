/** Problem details (RFC 9457) that describe a failed request, over HTTP and on the bus. */
package dev.nexo.pairing.problem;
