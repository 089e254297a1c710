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
 * Passes connections on to another port of this machine, until somebody cuts the wire, or it falls
 * silent.
 */
public final class Relay implements AutoCloseable {

  private final ServerSocket listener;
  private final int target;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;
  private volatile boolean silent;

  /** Listens on a free port. */
  public Relay(int target) {
    this.target = target;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  /** Its port on 127.0.0.1. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Breaks every connection, and every new one at once, until restored. */
  public void cut() {
    cut = true;
    open.forEach(Relay::closeQuietly);
  }

  /** Leaves every connection open and lets nothing through, as a dead network does. */
  public void fallSilent() {
    silent = true;
  }

  /** Lets new connections through again; those of before, if there are any left, are broken. */
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
        // Closed, or nobody there: the one who connected notices.
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
      // Cut.
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
      // It is of no use any more either way.
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
      // As above.
    }
  }
}
