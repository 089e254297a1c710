package dev.nexo.pairing.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/**
 * A WebSocket made by hand over a socket (RFC 6455), for peers that no library will play: frames in
 * pieces, too long, unmasked, of bytes that are no text, and peers that fall silent. Every wait
 * ends after {@value #PATIENCE_MILLIS} ms. For one thread.
 */
public final class RawWebSocket implements AutoCloseable {

  /** The opcodes of RFC 6455, section 5.2. */
  public static final int CONTINUATION = 0x0;

  /** A text frame. */
  public static final int TEXT = 0x1;

  /** A binary frame. */
  public static final int BINARY = 0x2;

  /** A close frame. */
  public static final int CLOSE = 0x8;

  /** A ping. */
  public static final int PING = 0x9;

  /** A pong. */
  public static final int PONG = 0xa;

  private static final int PATIENCE_MILLIS = 40_000;
  private static final byte[] MASK = {0x37, (byte) 0xfa, 0x21, 0x3d};

  /**
   * A frame as it came.
   *
   * @param fin whether it is a message's last one
   * @param opcode which kind it is
   * @param payload what is in it
   */
  public record Frame(boolean fin, int opcode, byte[] payload) {

    /** The payload as text; of a close frame the reason. */
    public String text() {
      int from = opcode == CLOSE ? Math.min(2, payload.length) : 0;
      return new String(payload, from, payload.length - from, UTF_8);
    }

    /** The code of a close frame; 1005 where there is none in it. */
    public int code() {
      return payload.length < 2 ? 1005 : (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
    }

    @Override
    public String toString() {
      return opcode == CLOSE ? "close " + code() + " " + text() : opcode + " " + text();
    }
  }

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private final String response;

  private RawWebSocket(Socket socket, String path, String... headers) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
    StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
    request.append("Upgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n");
    request.append("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    raw((request + "\r\n").getBytes(ISO_8859_1));
    response = head();
  }

  /**
   * Asks a server on this machine for a WebSocket.
   *
   * @param port its port
   * @param path path and query
   * @param headers more lines of the request, like {@code Authorization: Bearer …}
   */
  public static RawWebSocket open(int port, String path, String... headers) {
    try {
      return over(new Socket(InetAddress.getLoopbackAddress(), port), path, headers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same over a connection that is there already, perhaps with TLS. */
  public static RawWebSocket over(Socket socket, String path, String... headers) {
    try {
      return new RawWebSocket(socket, path, headers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The status of the server's response; 101 where the WebSocket is open. */
  public int status() {
    return Integer.parseInt(response.split(" ", 3)[1]);
  }

  /** Status line and headers of the server's response. */
  public String response() {
    return response;
  }

  /** Sends a whole text message. */
  public RawWebSocket text(String text) {
    return frame(true, TEXT, text.getBytes(UTF_8));
  }

  /** Sends a frame, masked as a client's have to be. */
  public RawWebSocket frame(boolean fin, int opcode, byte[] payload) {
    byte[] masked = payload.clone();
    for (int i = 0; i < masked.length; i++) {
      masked[i] ^= MASK[i % MASK.length];
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(WebSocketHead.of(fin, opcode, payload.length, MASK));
    bytes.writeBytes(masked);
    return raw(bytes.toByteArray());
  }

  /** Sends the beginning of a frame that claims a length, and nothing of its payload. */
  public RawWebSocket frameHead(boolean fin, int opcode, long length) {
    return raw(WebSocketHead.of(fin, opcode, length, MASK));
  }

  /** Sends a frame without a mask, which no client may. */
  public RawWebSocket unmasked(int opcode, byte[] payload) {
    raw(WebSocketHead.of(true, opcode, payload.length, new byte[0]));
    return raw(payload);
  }

  /** Sends bytes as they are. */
  public RawWebSocket raw(byte[] bytes) {
    try {
      out.write(bytes);
      out.flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the next frame; null where the server hung up. */
  public Frame next() {
    try {
      int first = in.readUnsignedByte();
      int second = in.readUnsignedByte();
      long length = second & 0x7f;
      if (length == 126) {
        length = in.readUnsignedShort();
      } else if (length == 127) {
        length = in.readLong();
      }
      byte[] payload = new byte[Math.toIntExact(length)];
      in.readFully(payload);
      return new Frame((first & 0x80) != 0, first & 0x0f, payload);
    } catch (EOFException | SocketException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the next frame that is no ping, and answers pings. */
  public Frame nextMessage() {
    Frame frame = next();
    while (frame != null && frame.opcode() == PING) {
      frame(true, PONG, frame.payload());
      frame = next();
    }
    return frame;
  }

  /** All frames up to and with the close frame, which is answered. */
  public List<Frame> untilClosed() {
    List<Frame> frames = new ArrayList<>();
    Frame frame = nextMessage();
    while (frame != null) {
      frames.add(frame);
      if (frame.opcode() == CLOSE) {
        echo(frame);
        return frames;
      }
      frame = nextMessage();
    }
    return frames;
  }

  /** A server that disconnected after its close frame does not read ours. */
  private void echo(Frame close) {
    try {
      frame(true, CLOSE, close.payload());
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof SocketException)) {
        throw e;
      }
    }
  }

  /** Hangs up without a word. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String head() throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0) {
        return text.toString();
      }
      text.append((char) c);
    }
    return text.toString();
  }
}
