package dev.nexo.pairing.cli.companion;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The other side of the WebSocket, made by hand, so that it can do what no server should. */
final class StubPairServer implements AutoCloseable {

  /** What it does once the WebSocket is open. */
  interface Conduct {
    void answer(Peer peer) throws IOException;
  }

  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final ServerSocket listening;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  private volatile String date;

  private StubPairServer(Conduct conduct, String responseInstead) {
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(() -> accept(conduct, responseInstead));
  }

  /** Opens WebSockets and then does that. */
  static StubPairServer that(Conduct conduct) {
    return new StubPairServer(conduct, null);
  }

  /** Answers every request with that response instead of a WebSocket. */
  static StubPairServer responding(String response) {
    return new StubPairServer(peer -> {}, response);
  }

  /** Sets the Date header of its answers to requests that open no WebSocket. */
  StubPairServer at(Instant time) {
    date = RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
    return this;
  }

  /** Where it listens. */
  PairUrl url() {
    return PairUrl.of(address());
  }

  /** The URL as it is in a setup code. */
  String address() {
    return "ws://127.0.0.1:" + listening.getLocalPort() + "/pair";
  }

  /** The text frames that came, and the heads of requests. */
  List<String> received() {
    return received;
  }

  private void accept(Conduct conduct, String responseInstead) {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        open.add(socket);
        threads.execute(() -> serve(socket, conduct, responseInstead));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket, Conduct conduct, String responseInstead) {
    try {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      String head = head(in);
      if (!head.contains("Sec-WebSocket-Key") && responseInstead == null) {
        String time = date == null ? "" : "Date: " + date + "\r\n";
        String answer = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n" + time + "\r\n";
        out.write(answer.getBytes(ISO_8859_1));
        out.flush();
        socket.close();
        return;
      }
      received.add(head);
      if (responseInstead != null) {
        out.write(responseInstead.getBytes(ISO_8859_1));
        out.flush();
        socket.close();
        return;
      }
      String response =
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + "Sec-WebSocket-Accept: "
              + accept(head)
              + "\r\n\r\n";
      out.write(response.getBytes(ISO_8859_1));
      out.flush();
      conduct.answer(new Peer(in, out, socket));
    } catch (IOException e) {
      // The client has gone, which is what many of these tests are about.
    }
  }

  private static String head(DataInputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  private static String accept(String head) {
    String key = head.replaceAll("(?is).*sec-websocket-key: *([^\r]+)\r.*", "$1");
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(ISO_8859_1));
      return Base64.getEncoder().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
    threads.shutdownNow();
  }

  /** A client whose WebSocket is open. */
  final class Peer {
    private final DataInputStream in;
    private final OutputStream out;
    private final Socket socket;

    private Peer(DataInputStream in, OutputStream out, Socket socket) {
      this.in = in;
      this.out = out;
      this.socket = socket;
    }

    /** Waits for a text frame. */
    String text() throws IOException {
      in.readUnsignedByte();
      int length = in.readUnsignedByte() & 0x7f;
      if (length == 126) {
        length = in.readUnsignedShort();
      }
      byte[] mask = in.readNBytes(4);
      byte[] payload = in.readNBytes(length);
      for (int i = 0; i < payload.length; i++) {
        payload[i] ^= mask[i % 4];
      }
      String text = new String(payload, UTF_8);
      received.add(text);
      return text;
    }

    /** Sends a frame: 1 text, 2 binary, 8 close, 0 a continuation. */
    void frame(boolean last, int opcode, byte[] payload) throws IOException {
      ByteArrayOutputStream frame = new ByteArrayOutputStream();
      frame.write((last ? 0x80 : 0) | opcode);
      if (payload.length < 126) {
        frame.write(payload.length);
      } else if (payload.length < 65_536) {
        frame.write(126);
        frame.write(payload.length >> 8);
        frame.write(payload.length);
      } else {
        frame.write(127);
        for (int shift = 56; shift >= 0; shift -= 8) {
          frame.write((int) ((long) payload.length >> shift));
        }
      }
      frame.writeBytes(payload);
      raw(frame.toByteArray());
    }

    void send(String text) throws IOException {
      frame(true, 1, text.getBytes(UTF_8));
    }

    void raw(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }

    void hangUp() throws IOException {
      socket.close();
    }

    /** Waits until the client hangs up. */
    void outlast() throws IOException {
      while (in.read() >= 0) {
        // Whatever it says.
      }
    }
  }
}
