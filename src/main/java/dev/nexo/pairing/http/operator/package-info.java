/**
 * The calls of operators and channels ({@code http-api.md#pending-requests}). A resource reads a
 * request strictly, calls the API of the module, and writes the result as JSON. It contains no
 * decisions.
 */
package dev.nexo.pairing.http.operator;
