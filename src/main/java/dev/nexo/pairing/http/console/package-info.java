/** Serves the operator's console and the OpenAPI document. */
package dev.nexo.pairing.http.console;
