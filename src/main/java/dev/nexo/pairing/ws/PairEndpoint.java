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
import java.nio.charset.MalformedInputException;
import java.util.concurrent.atomic.AtomicReference;

/** Hands what the container says of one connection on to its conversation; decides nothing. */
final class PairEndpoint extends Endpoint {

  /**
   * Longer frames the container refuses by itself, before it has read them: with 1009 as well, but
   * it hangs up at once, and a peer that is still sending may never see why. So up to here they are
   * read, and refused properly.
   */
  static final int MAX_BUFFER = 2 * FragmentAssembler.MAX_BYTES;

  /**
   * Never changes. Open Liberty writes a frame it cannot read into a file of its own, with the
   * endpoint, the handlers, and what their fields lead to, the tokens and keys of other rooms not
   * excepted; but it cannot look into the JDK's classes.
   */
  private final AtomicReference<PairConnection> conversation;

  PairEndpoint(PairConnection conversation) {
    this.conversation = new AtomicReference<>(conversation);
  }

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    session.setMaxTextMessageBufferSize(MAX_BUFFER);
    session.setMaxBinaryMessageBufferSize(MAX_BUFFER);
    session.addMessageHandler(String.class, new FragmentAssembler(conversation));
    session.addMessageHandler(byte[].class, binary());
    session.addMessageHandler(PongMessage.class, pong());
    conversation.get().open(new WebSocketPeer(session));
  }

  @Override
  public void onClose(Session session, CloseReason reason) {
    conversation.get().closed();
  }

  @Override
  public void onError(Session session, Throwable fault) {
    conversation.get().end(CloseFrame.BROKEN);
  }

  private MessageHandler.Partial<byte[]> binary() {
    AtomicReference<PairConnection> hidden = conversation;
    return (part, last) -> {
      ReadLoop.leaveAfter(hidden.get());
      hidden.get().binary();
    };
  }

  private MessageHandler.Whole<PongMessage> pong() {
    AtomicReference<PairConnection> hidden = conversation;
    return message -> hidden.get().pong();
  }

  /**
   * The way to a peer over the container's WebSocket. What is sent is a few hundred bytes in all,
   * fewer than any socket's buffer takes from a peer that does not read, so that sending waits for
   * nobody; and it needs no other thread of the container's, as sending with a timeout would.
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

  /**
   * The way out of a container that reads one frame over and over.
   *
   * <p>The length of a frame may not be negative (RFC 6455, section 5.2). Open Liberty 26.0.0.5
   * does not look: such a frame makes it step back in its buffer and read the same frame again, for
   * ever, on a thread of the server's, the connection being closed or not. Two frames of a
   * stranger's would cost a processor each time. Of what a handler can do, only one thing ends that
   * loop: the exception for text that is no UTF-8, which the interface of handlers does not
   * declare.
   */
  static final class ReadLoop {

    private ReadLoop() {}

    /** Ends the loop where a connection still brings frames after its end. */
    static void leaveAfter(PairConnection conversation) {
      if (conversation.isClosed()) {
        ReadLoop.<RuntimeException>raise(new MalformedInputException(1));
      }
    }

    @SuppressWarnings("unchecked") // there is no cast at run time: the compiler alone is told so
    private static <E extends Throwable> void raise(Throwable fault) throws E {
      throw (E) fault;
    }
  }
}
