/**
 * The WebSocket {@code /pair}, over which a companion exchanges its bootstrap token for a session
 * token ({@code protocol.md#handshake}).
 *
 * <p>Peers need no account to connect, so everything here is limited in size, time and number. Read
 * {@code PairServlet} first: it creates a {@code PairConnection} for each upgrade request. {@code
 * PairEndpoint} passes the container's events to it, {@code Handshake} decides the answers and does
 * not know WebSocket, {@code OpenConnections} closes connections when their session ends.
 */
package dev.nexo.pairing.ws;
