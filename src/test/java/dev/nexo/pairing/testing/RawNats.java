package dev.nexo.pairing.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;

/** A NATS client over a socket that does not use the library under test. */
public final class RawNats implements AutoCloseable {

  /** A received message; headers is null if there were none. */
  public record Received(String subject, String replyTo, String headers, String body) {}

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger pongs = new AtomicInteger();
  private final AtomicInteger subscriptions = new AtomicInteger();
  private volatile Consumer<Received> listener = message -> {};

  private RawNats(Socket plain, SSLSocketFactory tls, String connect) throws IOException {
    readLine(plain.getInputStream()); // the server sends INFO unencrypted, even with TLS
    socket = tls == null ? plain : tls.createSocket(plain, "localhost", plain.getPort(), true);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
    write("CONNECT " + connect + "\r\n");
    Thread reader = new Thread(this::read, "raw-nats");
    reader.setDaemon(true);
    reader.start();
    flush();
  }

  /** Connects to a server on this machine, with the given CONNECT options. */
  public static RawNats connect(int port, String options) {
    return connect(port, options, null);
  }

  /** Connects to a server on this machine over TLS. */
  public static RawNats connect(int port, String options, SSLSocketFactory tls) {
    try {
      return new RawNats(new Socket(InetAddress.getLoopbackAddress(), port), tls, options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Subscribes, and waits until the server has processed the subscription. */
  public RawNats subscribe(String subject) {
    write("SUB " + subject + " " + subscriptions.incrementAndGet() + "\r\n");
    flush();
    return this;
  }

  /** Sets a handler for further messages, called on the reading thread. */
  public void onMessage(Consumer<Received> consumer) {
    listener = consumer;
  }

  /** Publishes a message; replyTo may be null. */
  public void publish(String subject, String replyTo, String body) {
    String reply = replyTo == null ? "" : " " + replyTo;
    write("PUB " + subject + reply + " " + body.getBytes(UTF_8).length + "\r\n" + body + "\r\n");
  }

  /** Publishes a message with headers; each line ends with CR LF. */
  public void publishWithHeaders(String subject, String headers, String body) {
    publishWithBlock(subject, "NATS/1.0\r\n" + headers + "\r\n", body);
  }

  /** Publishes a message with a header block as it is. */
  public void publishWithBlock(String subject, String head, String body) {
    int headLength = head.getBytes(UTF_8).length;
    int total = headLength + body.getBytes(UTF_8).length;
    write("HPUB " + subject + " " + headLength + " " + total + "\r\n" + head + body + "\r\n");
  }

  /** Waits until the server has processed everything sent so far. */
  public void flush() {
    int before = pongs.get();
    write("PING\r\n");
    await().atMost(Duration.ofSeconds(5)).until(() -> pongs.get() > before);
  }

  /** The number of messages received so far. */
  public int count() {
    return received.size();
  }

  /** The messages received so far. */
  public List<Received> received() {
    return List.copyOf(received);
  }

  /** Waits for a number of messages, and returns all received ones. */
  public List<Received> awaitReceived(int count) {
    await().atMost(Duration.ofSeconds(15)).until(() -> received.size() >= count);
    return received();
  }

  private synchronized void write(String text) {
    try {
      out.write(text.getBytes(UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try {
      String line;
      while ((line = readLine(in)) != null) {
        String[] parts = line.split(" ");
        switch (parts[0]) {
          case "PING" -> write("PONG\r\n");
          case "PONG" -> pongs.incrementAndGet();
          case "MSG" -> message(parts, 1);
          case "HMSG" -> message(parts, 2);
          default -> {}
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // The connection was closed; reading ends.
    }
  }

  /**
   * Parses {@code MSG subject sid [reply] size} and {@code HMSG subject sid [reply] head-size
   * size}.
   */
  private void message(String[] parts, int numbers) throws IOException {
    String replyTo = parts.length == 4 + numbers ? parts[3] : null;
    int size = Integer.parseInt(parts[parts.length - 1]);
    int head = numbers == 2 ? Integer.parseInt(parts[parts.length - 2]) : 0;
    byte[] bytes = in.readNBytes(size);
    readLine(in);
    String headers = head == 0 ? null : new String(bytes, 0, head, UTF_8);
    Received message =
        new Received(parts[1], replyTo, headers, new String(bytes, head, size - head, UTF_8));
    received.add(message);
    listener.accept(message);
  }

  private static String readLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int c;
    while ((c = in.read()) >= 0) {
      if (c == '\n') {
        return line.toString(UTF_8).stripTrailing();
      }
      line.write(c);
    }
    return null;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
