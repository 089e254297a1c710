package dev.nexo.pairing.ws;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
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
}
