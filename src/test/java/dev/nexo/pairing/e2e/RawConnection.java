package dev.nexo.pairing.e2e;

import dev.nexo.pairing.e2e.RawAnswer.End;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;

/**
 * A TCP connection to a server on this machine that sends any bytes and reads one answer at a time.
 * It reads while it writes, so that it receives an early answer to a large request. Not
 * thread-safe.
 */
final class RawConnection implements AutoCloseable {

  private final Duration limit;
  private final Selector selector;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private boolean writable = true;
  private boolean ended;
  private int exchanges;

  /**
   * Connects to a server.
   *
   * @param limit the longest time of an exchange
   */
  RawConnection(int port, Duration limit) throws IOException {
    this.limit = limit;
    this.selector = Selector.open();
    this.channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    // Close with a reset, so that the server detects the closed connection at once.
    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    channel.configureBlocking(false);
    this.key = channel.register(selector, SelectionKey.OP_READ);
  }

  /** The number of answers read over this connection. */
  int exchanges() {
    return exchanges;
  }

  /**
   * Sends a request and reads its answer.
   *
   * @param headOnly whether the answer has no body because the method is HEAD
   * @param endsInput whether to end the output after the request
   */
  RawAnswer exchange(byte[] request, boolean headOnly, boolean endsInput) throws IOException {
    received.reset();
    ByteBuffer output = ByteBuffer.wrap(request);
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      write(output, endsInput);
      if (read()) {
        Optional<RawAnswer> answer = RawAnswer.parse(received.toByteArray(), headOnly, ended);
        if (answer.isPresent()) {
          exchanges++;
          return answer.get();
        }
      }
      if (ended) {
        return RawAnswer.none(received.size() == 0 ? End.CLOSED : End.CUT, received.toByteArray());
      }
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return RawAnswer.none(End.TIMED_OUT, received.toByteArray());
      }
      key.interestOps(
          SelectionKey.OP_READ | (writable && output.hasRemaining() ? SelectionKey.OP_WRITE : 0));
      selector.select(left);
      selector.selectedKeys().clear();
    }
  }

  private void write(ByteBuffer output, boolean endsInput) {
    try {
      if (writable && output.hasRemaining()) {
        channel.write(output);
      }
      if (writable && !output.hasRemaining() && endsInput) {
        writable = false;
        channel.shutdownOutput();
      }
    } catch (IOException e) {
      // The server has closed its side; its answer may still be readable.
      writable = false;
    }
  }

  /** Reads available bytes. Returns whether they may complete an answer. */
  private boolean read() {
    boolean more = false;
    try {
      int count = channel.read(buffer.clear());
      while (count > 0) {
        received.write(buffer.array(), 0, count);
        more = true;
        count = channel.read(buffer.clear());
      }
      ended = count < 0;
    } catch (IOException e) {
      ended = true;
    }
    return more || ended && received.size() > 0;
  }

  /** The number of unexpected bytes after the last answer. */
  int surplus(RawAnswer last) {
    read();
    return received.size() - last.length();
  }

  @Override
  public void close() throws IOException {
    channel.close();
    selector.close();
  }
}
