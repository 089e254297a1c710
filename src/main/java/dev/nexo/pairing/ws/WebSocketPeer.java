package dev.nexo.pairing.ws;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The way to a peer over the container's WebSocket. What is sent is a few hundred bytes in all,
 * fewer than any socket's buffer takes from a peer that does not read, so that sending waits for
 * nobody; and it needs no other thread of the container's, as sending with a timeout would.
 */
final class WebSocketPeer implements Peer {

  private final Session session;

  WebSocketPeer(Session session) {
    this.session = session;
  }

  @Override
  public void send(String frame) throws IOException {
    try {
      session.getBasicRemote().sendText(frame);
    } catch (RuntimeException e) {
      throw new IOException("The peer did not take a frame", e);
    }
  }

  @Override
  public void ping() throws IOException {
    try {
      session.getBasicRemote().sendPing(ByteBuffer.allocate(0));
    } catch (RuntimeException e) {
      throw new IOException("The peer did not take a ping", e);
    }
  }

  @Override
  public void close(int code, String reason) {
    try {
      session.close(new CloseReason(CloseCodes.getCloseCode(code), reason));
    } catch (IOException | RuntimeException e) {
      // It is closed already, or the peer has gone: both are what was wanted.
    }
  }
}
