/**
 * The WebSocket at {@code /pair}, where a companion turns its bootstrap token into a session token
 * (contract, section 8).
 *
 * <p>A room of its own, because it is the one door that strangers may knock at without an account:
 * everything in it is limited in size, in time and in number. {@code Handshake} alone decides and
 * knows no WebSocket; {@code Conversation} runs one connection, one step after another; {@code
 * PairServlet} and {@code PairEndpoint} are all that touches the container.
 */
package dev.nexo.pairing.ws;
