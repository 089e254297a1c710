package dev.nexo.pairing.held;

import dev.nexo.pairing.broker.BusMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The bytes in which a message on the bus is held. Thread-safe. */
public final class HeldBusMessage {

  private HeldBusMessage() {}

  /**
   * Returns the size of a message: that of its body, or of its subject and headers if that is
   * larger, in bytes.
   */
  public static int size(BusMessage message) {
    int head = message.subject().length();
    for (Map.Entry<String, List<String>> header : message.headers().entrySet()) {
      for (String value : header.getValue()) {
        head += header.getKey().length() + utf8(value).length;
      }
    }
    return Math.max(head, message.body().length);
  }

  /**
   * Encodes a message.
   *
   * @param address the part of the subject after which it is forwarded
   */
  public static byte[] encode(BusMessage message, String address) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(out, utf8(address));
      write(out, utf8(message.replyTo() == null ? "" : message.replyTo()));
      out.writeInt(message.headers().size());
      for (Map.Entry<String, List<String>> header : message.headers().entrySet()) {
        write(out, utf8(header.getKey()));
        out.writeInt(header.getValue().size());
        for (String value : header.getValue()) {
          write(out, utf8(value));
        }
      }
      write(out, message.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Decodes a message, to be published under a prefix. */
  static BusMessage decode(byte[] bytes, String prefix) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      String address = text(in);
      String replyTo = text(in);
      Map<String, List<String>> headers = new LinkedHashMap<>();
      int names = in.readInt();
      for (int i = 0; i < names; i++) {
        String name = text(in);
        int count = in.readInt();
        List<String> values = new ArrayList<>();
        for (int j = 0; j < count; j++) {
          values.add(text(in));
        }
        headers.put(name, values);
      }
      return new BusMessage(
          prefix + '.' + address,
          replyTo.isEmpty() ? null : replyTo,
          headers,
          in.readNBytes(in.readInt()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void write(DataOutputStream out, byte[] part) throws IOException {
    out.writeInt(part.length);
    out.write(part);
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}
