package dev.nexo.pairing.cli.companion;

import dev.nexo.pairing.cli.terminal.CommandException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for one text message of at most {@value #MAX} characters. The client calls it from one
 * thread at a time; {@link #get} may be called from another one.
 */
final class TextMessage implements WebSocket.Listener {

  /** The longest message: what the contract allows a frame (section 8). */
  static final int MAX = 64 * 1024;

  private final CompletableFuture<String> message = new CompletableFuture<>();
  private final StringBuilder parts = new StringBuilder();

  /**
   * Waits for the message.
   *
   * @param nanos how long, in nanoseconds
   * @throws ExecutionException with a {@link CommandException} where something else came
   */
  String get(long nanos) throws InterruptedException, ExecutionException, TimeoutException {
    return message.get(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
    if (parts.length() + part.length() > MAX) {
      return refuse(socket, "The server answers with more than 64 KiB; this is no pairing server");
    }
    parts.append(part);
    if (last) {
      message.complete(parts.toString());
    }
    socket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
    return refuse(socket, "The server answers in bytes; this is no pairing server");
  }

  @Override
  public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    message.completeExceptionally(PairSocket.closed(code, reason));
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable fault) {
    message.completeExceptionally(
        new CommandException("The connection broke before the server answered; try again", fault));
  }

  /** Asks for nothing more, so that nothing more is read. */
  private CompletionStage<?> refuse(WebSocket socket, String line) {
    message.completeExceptionally(new CommandException(line));
    socket.abort();
    return null;
  }
}
