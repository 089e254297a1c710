/**
 * Implements {@code nexo-companion}, a companion for the command line: it reads a setup code,
 * exchanges it over the WebSocket and stores the session. It never handles the operator's password
 * and does not trust the server's responses.
 */
package dev.nexo.pairing.cli.companion;
