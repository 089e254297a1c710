/**
 * The calls of companions: a bootstrap token against a session, and what to do with it ({@code
 * API.md}, "Setup codes and sessions").
 *
 * <p>A room of its own because whoever calls here has no account. The token in the header is all
 * the proof there is, and of every token that does not count the caller learns the same.
 */
package dev.nexo.pairing.http.companion;
