package dev.nexo.pairing.ws;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The way to a peer over the container's WebSocket. */
final class SocketWire implements Wire {

  private static final int SEND_MILLIS = 5_000;

  private final Session session;

  SocketWire(Session session) {
    this.session = session;
  }

  @Override
  public void send(String frame) throws IOException {
    RemoteEndpoint.Async remote = session.getAsyncRemote();
    remote.setSendTimeout(SEND_MILLIS);
    Future<Void> sent;
    try {
      sent = remote.sendText(frame);
      sent.get(SEND_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      throw new IOException("The peer did not take a frame", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while sending a frame", e);
    }
  }

  @Override
  public void ping() throws IOException {
    try {
      session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
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
