/**
 * The web applications that Open Liberty brings itself, and what this module does to keep strangers
 * from misusing them: {@code /metrics} and {@code /ibm/api} stand beside this module's application,
 * where none of its filters sees a request.
 */
package dev.nexo.pairing.http.container;
