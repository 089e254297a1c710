/**
 * The calls of operators and channels: a message in, who waits, who is admitted, why, and who
 * changed it ({@code API.md}).
 *
 * <p>Nothing is decided here. A resource reads a request strictly, hands it to the root API, and
 * writes what comes back in the contract's words.
 */
package dev.nexo.pairing.http.operator;
