package dev.nexo.pairing.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Forwards TCP connections to another port of this machine. Tests can break the connections, or
 * stop forwarding while they stay open.
 */
public final class Relay implements AutoCloseable {

  private final ServerSocket listener;
  private final int target;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;
  private volatile boolean silent;

  /** Accepts connections on a free port. */
  public Relay(int target) {
    this.target = target;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  /** The port on 127.0.0.1. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Breaks all connections, and all new ones at once, until they are restored. */
  public void cut() {
    cut = true;
    open.forEach(Relay::closeQuietly);
  }

  /** Keeps all connections open but forwards nothing, like a dead network. */
  public void fallSilent() {
    silent = true;
  }

  /** Forwards new connections again, and breaks all old ones. */
  public void restore() {
    open.forEach(Relay::closeQuietly);
    cut = false;
    silent = false;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket near = listener.accept();
        if (cut) {
          near.close();
        } else {
          Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
          open.add(near);
          open.add(far);
          threads.execute(() -> pump(near, far));
          threads.execute(() -> pump(far, near));
        }
      } catch (IOException e) {
        // Closed, or the target does not accept; the client's connection is closed.
      }
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[16_384];
    try {
      for (int n = from.getInputStream().read(buffer);
          n >= 0;
          n = from.getInputStream().read(buffer)) {
        if (!silent) {
          to.getOutputStream().write(buffer, 0, n);
          to.getOutputStream().flush();
        }
      }
    } catch (IOException e) {
      // The connection was broken.
    } finally {
      closeQuietly(from);
      closeQuietly(to);
      open.remove(from);
      open.remove(to);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // The socket is not used any more.
    }
  }

  @Override
  public void close() {
    closeQuietly();
    cut();
    threads.shutdownNow();
  }

  private void closeQuietly() {
    try {
      listener.close();
    } catch (IOException e) {
      // The socket is not used any more.
    }
  }
}
