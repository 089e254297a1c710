package dev.nexo.pairing.ws;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;

/** Passes the events of the container's WebSocket to a {@link PairConnection}. Decides nothing. */
final class PairEndpoint extends Endpoint {

  /**
   * The length, in bytes, up to which the container passes frames on. It closes longer ones itself,
   * with 1009 as well, but disconnects at once, so that a peer that is still sending may never
   * receive the code. Frames between the protocol's limit and this one are read and answered
   * properly.
   */
  static final int MAX_BUFFER = 2 * FragmentAssembler.MAX_BYTES;

  /**
   * The connection, in a reference that never changes. If Open Liberty cannot read a frame, it
   * writes the endpoint, the handlers and everything their fields refer to into a file, including
   * tokens and keys; but it cannot read the fields of JDK classes.
   */
  private final AtomicReference<PairConnection> connection;

  PairEndpoint(PairConnection connection) {
    this.connection = new AtomicReference<>(connection);
  }

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    session.setMaxTextMessageBufferSize(MAX_BUFFER);
    session.setMaxBinaryMessageBufferSize(MAX_BUFFER);
    session.addMessageHandler(String.class, new FragmentAssembler(connection));
    session.addMessageHandler(byte[].class, binary());
    session.addMessageHandler(PongMessage.class, pong());
    connection.get().open(new WebSocketPeer(session));
  }

  @Override
  public void onClose(Session session, CloseReason reason) {
    connection.get().closed();
  }

  @Override
  public void onError(Session session, Throwable fault) {
    connection.get().end(CloseFrame.CONNECTION_FAILED);
  }

  private MessageHandler.Partial<byte[]> binary() {
    AtomicReference<PairConnection> reference = connection;
    return (part, last) -> {
      ReadLoop.endAfter(reference.get());
      reference.get().binary();
    };
  }

  private MessageHandler.Whole<PongMessage> pong() {
    AtomicReference<PairConnection> reference = connection;
    return message -> reference.get().pong();
  }

  /**
   * Sends frames over the container's WebSocket. All frames of a connection are a few hundred
   * bytes, fewer than any socket buffer holds for a peer that does not read. So sending does not
   * block, and needs no second thread of the container, as sending with a timeout would.
   */
  private static final class WebSocketPeer implements PairConnection.Peer {

    private final Session session;

    WebSocketPeer(Session session) {
      this.session = session;
    }

    @Override
    public void send(String frame) throws IOException {
      try {
        session.getBasicRemote().sendText(frame);
      } catch (RuntimeException e) {
        throw new IOException("A frame could not be sent", e);
      }
    }

    @Override
    public void ping() throws IOException {
      try {
        session.getBasicRemote().sendPing(ByteBuffer.allocate(0));
      } catch (RuntimeException e) {
        throw new IOException("A ping could not be sent", e);
      }
    }

    @Override
    public void close(int code, String reason) {
      try {
        session.close(new CloseReason(CloseCodes.getCloseCode(code), reason));
      } catch (IOException | RuntimeException e) {
        // The connection is closed already, or the peer is gone. Both are the wanted result.
      }
    }
  }
}
