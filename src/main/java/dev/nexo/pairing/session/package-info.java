/**
 * Companions that are signed in: a bootstrap token is spent and a session opened in one
 * transaction, and from then on the session's own token is asked about (contract, sections 6, 8 and
 * 10).
 *
 * <p>A room of its own, because what makes a token good for one exchange is a constraint of the
 * database and not a thing that whoever speaks to the companion, by WebSocket or HTTP, could hold.
 */
package dev.nexo.pairing.session;
