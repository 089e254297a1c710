/**
 * Serves the WebSocket at {@code /pair}, where a companion exchanges its bootstrap token for a
 * session token ({@code protocol.md#handshake}).
 *
 * <p>Peers need no account to connect, so size, time and number are limited everywhere. Read {@code
 * PairServlet} first: it creates a {@code PairConnection} for each upgrade request. {@code
 * PairEndpoint} passes the container's events to it, {@code Handshake} decides the answers and does
 * not depend on WebSocket, and {@code OpenConnections} closes connections when their session ends.
 */
package dev.nexo.pairing.ws;
