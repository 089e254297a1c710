package dev.nexo.pairing.e2e;

import dev.nexo.pairing.testing.Certificates;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * A proxy that terminates TLS and forwards to a port of this machine. It adds {@code
 * X-Forwarded-For} and {@code X-Forwarded-Proto} to the first request of a connection, and requests
 * one request for each connection.
 */
final class TlsProxy implements AutoCloseable {

  private final int target;
  private final SSLServerSocket listener;
  private final SSLContext context;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile String caller = "192.0.2.1";

  private TlsProxy(int target, SSLContext context) throws IOException {
    this.target = target;
    this.context = context;
    this.listener =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByName("localhost"));
    threads.execute(this::accept);
  }

  /** Starts a proxy with a named certificate of an authority. */
  static TlsProxy to(int target, Certificates certificates, String name) throws IOException {
    return new TlsProxy(target, certificates.context(name));
  }

  /** The base URL of the proxy. */
  String url() {
    return "https://localhost:" + listener.getLocalPort();
  }

  /** A client that trusts the proxy's certificate. */
  HttpClient client() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(context).build();
  }

  /** Sets the client address that the proxy sends for new connections. */
  void callersAre(String address) {
    caller = address;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        threads.execute(() -> serve(client));
      } catch (IOException e) {
        // The proxy was closed.
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      String head = head(client.getInputStream());
      boolean upgrade = head.toLowerCase(java.util.Locale.ROOT).contains("upgrade: websocket");
      server
          .getOutputStream()
          .write(
              (head.substring(0, head.length() - 2)
                      + "X-Forwarded-For: "
                      + caller
                      + "\r\nX-Forwarded-Proto: https\r\n"
                      + (upgrade ? "" : "Connection: close\r\n")
                      + "\r\n")
                  .getBytes(StandardCharsets.ISO_8859_1));
      threads.execute(() -> pump(client, server));
      copy(server.getInputStream(), client.getOutputStream());
    } catch (IOException e) {
      // One side has closed; the other side is closed, too.
    }
  }

  private static void pump(Socket from, Socket to) {
    try {
      copy(from.getInputStream(), to.getOutputStream());
    } catch (IOException e) {
      // The socket is not used any more.
    }
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[8_192];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      out.write(buffer, 0, n);
      out.flush();
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("closed within the head");
      }
      head.write(b);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
