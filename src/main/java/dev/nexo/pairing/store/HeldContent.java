package dev.nexo.pairing.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What is encrypted of a held message.
 *
 * @param text the text, or null
 * @param metaJson the JSON object that came with it
 * @param payload what is published on the bus; empty if it is delivered in another way
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record HeldContent(String text, String metaJson, byte[] payload) {

  private static final int VERSION = 1;

  /** Omits what the message says. */
  @Override
  public String toString() {
    return "HeldContent[redacted]";
  }

  byte[] encoded() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeBoolean(text != null);
      write(out, (text == null ? "" : text).getBytes(StandardCharsets.UTF_8));
      write(out, metaJson.getBytes(StandardCharsets.UTF_8));
      write(out, payload);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, byte[] part) throws IOException {
    out.writeInt(part.length);
    out.write(part);
  }

  /** Reads what {@link #encoded} wrote, which was authenticated when it was decrypted. */
  static HeldContent decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readUnsignedByte();
      if (version != VERSION) {
        throw new IOException("A held message has the unknown version " + version);
      }
      boolean hasText = in.readBoolean();
      String text = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
      String meta = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
      return new HeldContent(hasText ? text : null, meta, in.readNBytes(in.readInt()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
