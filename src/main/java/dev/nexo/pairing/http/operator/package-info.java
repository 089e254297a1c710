/**
 * The calls of operators and channels ({@code http-api.md#pending-requests}). A resource reads a
 * request strictly, passes it to the API of the module, and writes the result as JSON; it decides
 * nothing.
 */
package dev.nexo.pairing.http.operator;
