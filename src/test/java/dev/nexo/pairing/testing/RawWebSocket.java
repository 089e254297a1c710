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
 * A WebSocket client over a plain socket (RFC 6455), for behavior that no library offers: partial,
 * oversized, unmasked and non-UTF-8 frames, and peers that stop answering. Every wait ends after
 * {@value #PATIENCE_MILLIS} ms. Not thread-safe.
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
   * A received frame.
   *
   * @param fin whether it is the last frame of a message
   * @param opcode the kind of frame
   * @param payload the payload
   */
  public record Frame(boolean fin, int opcode, byte[] payload) {

    /** The payload as a string; for a close frame, its reason. */
    public String text() {
      int from = opcode == CLOSE ? Math.min(2, payload.length) : 0;
      return new String(payload, from, payload.length - from, UTF_8);
    }

    /** The code of a close frame; 1005 if it contains none. */
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
   * Opens a WebSocket to a server on this machine.
   *
   * @param port the server's port
   * @param path path and query
   * @param headers additional header lines, for example {@code Authorization: Bearer …}
   */
  public static RawWebSocket open(int port, String path, String... headers) {
    try {
      return over(new Socket(InetAddress.getLoopbackAddress(), port), path, headers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens a WebSocket over an existing connection, possibly with TLS. */
  public static RawWebSocket over(Socket socket, String path, String... headers) {
    try {
      return new RawWebSocket(socket, path, headers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The status of the server's response; 101 if the WebSocket is open. */
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

  /** Sends a masked frame, as clients must. */
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

  /** Sends the header of a frame with a length, but no payload. */
  public RawWebSocket frameHead(boolean fin, int opcode, long length) {
    return raw(WebSocketHead.of(fin, opcode, length, MASK));
  }

  /** Sends a frame without a mask, which clients must not do. */
  public RawWebSocket unmasked(int opcode, byte[] payload) {
    raw(WebSocketHead.of(true, opcode, payload.length, new byte[0]));
    return raw(payload);
  }

  /** Sends bytes unchanged. */
  public RawWebSocket raw(byte[] bytes) {
    try {
      out.write(bytes);
      out.flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the next frame; null if the server closed the connection. */
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

  /** Waits for the next frame other than a ping, and answers pings. */
  public Frame nextMessage() {
    Frame frame = next();
    while (frame != null && frame.opcode() == PING) {
      frame(true, PONG, frame.payload());
      frame = next();
    }
    return frame;
  }

  /** All frames up to and including the close frame, which is answered. */
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

  /** Answers a close frame. Ignores a server that has already disconnected. */
  private void echo(Frame close) {
    try {
      frame(true, CLOSE, close.payload());
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof SocketException)) {
        throw e;
      }
    }
  }

  /** Closes the connection without a close frame. */
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
