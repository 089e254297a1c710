package dev.nexo.pairing.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Changes of the bytes of any body. */
final class BodyMutations {

  private static final int MAX_BODY = 1 << 20;

  private BodyMutations() {}

  static List<Mutation> all() {
    List<Mutation> all = new ArrayList<>();
    for (String body : new FuzzValues("bodies.txt").section("bodies")) {
      add(all, "all " + FuzzValues.shown(body), (bytes, random) -> body.getBytes(ISO_8859_1));
    }
    add(all, "cut", (bytes, random) -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
    add(all, "one byte changed", BodyMutations::changeByte);
    add(all, "one byte inserted", BodyMutations::insertByte);
    add(all, "one byte removed", BodyMutations::removeByte);
    add(all, "one part repeated", BodyMutations::repeatPart);
    add(all, "twice", (bytes, random) -> latin(text(bytes).repeat(2)));
    add(all, "inside an array", (bytes, random) -> latin("[" + text(bytes) + "]"));
    add(all, "as UTF-16", (bytes, random) -> new String(bytes, UTF_8).getBytes(UTF_16LE));
    add(
        all,
        "spaces around",
        (bytes, random) -> latin(" \r\n\t" + text(bytes) + " ".repeat(5_000)));
    for (int depth : new int[] {31, 33, 1_000, 20_000, 200_000}) {
      add(all, depth + " arrays", (bytes, random) -> latin("[".repeat(depth)));
      add(
          all,
          depth + " arrays in a field",
          (bytes, random) ->
              latin(
                  "{\"meta\":"
                      + "[".repeat(depth)
                      + "]".repeat(depth)
                      + ",\"channel\":\"whatsapp\"}"));
      add(all, depth + " objects", (bytes, random) -> latin("{\"a\":".repeat(depth)));
    }
    add(all, "10,000 fields", (bytes, random) -> fields(10_000));
    add(all, "100,000 digits", (bytes, random) -> latin("{\"a\":" + "9".repeat(100_000) + "}"));
    add(
        all,
        "digits and exponent",
        (bytes, random) -> latin("{\"ttl_secs\":" + "9".repeat(50_000) + "e-49999}"));
    add(
        all,
        "one 100,000 byte line",
        (bytes, random) -> latin("{\"sender_id\":\"" + "a".repeat(100_000) + "\"}\n"));
    for (int length : new int[] {MAX_BODY, MAX_BODY + 1}) {
      addLarge(
          all,
          "spaces up to " + length,
          (bytes) -> latin(text(bytes) + " ".repeat(length - bytes.length)));
      addLarge(
          all,
          length + " bytes in a string",
          (bytes) -> latin("{\"text\":\"" + "a".repeat(length - 11) + "\"}"));
      addLarge(all, length + " zero bytes", (bytes) -> new byte[length]);
    }
    addEncoded(all, "gzip", BodyMutations::gzip);
    addEncoded(all, "deflate", BodyMutations::deflate);
    addEncoded(all, "gzip", bytes -> Arrays.copyOf(gzip(bytes), gzip(bytes).length / 2));
    addEncoded(all, "gzip", bytes -> gzip(new byte[20 * MAX_BODY]));
    addEncoded(all, "deflate", bytes -> Arrays.copyOf(deflate(bytes), deflate(bytes).length / 2));
    for (String encoding : List.of("gzip", "deflate", "br", "x-gzip", "gzip, deflate")) {
      addEncoded(all, encoding + " that it is not", encoding, bytes -> bytes);
      addEncoded(all, encoding + " and empty", encoding, bytes -> new byte[0]);
    }
    return all;
  }

  private interface Change {
    byte[] apply(byte[] bytes, Random random);
  }

  private static void add(List<Mutation> all, String name, Change change) {
    all.add(
        new Mutation(
            "body: " + name, (draft, random) -> draft.body(change.apply(draft.body(), random))));
  }

  /** A body that the server may reject before reading it, so that the answer may be lost. */
  private static void addLarge(List<Mutation> all, String name, UnaryOperator<byte[]> change) {
    all.add(
        new Mutation(
            "body: " + name,
            (draft, random) -> {
              draft.unframed();
              draft.body(change.apply(draft.body()));
            }));
  }

  private static void addEncoded(
      List<Mutation> all, String encoding, UnaryOperator<byte[]> change) {
    addEncoded(all, encoding + " " + all.size(), encoding, change);
  }

  private static void addEncoded(
      List<Mutation> all, String name, String encoding, UnaryOperator<byte[]> change) {
    all.add(
        new Mutation(
            "body: encoded by " + name,
            (draft, random) -> {
              draft.unframed();
              draft.header("Content-Encoding", encoding);
              draft.body(change.apply(draft.body()));
            }));
  }

  private static byte[] changeByte(byte[] bytes, Random random) {
    byte[] changed = bytes.clone();
    if (bytes.length > 0) {
      changed[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return changed;
  }

  private static byte[] insertByte(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length + 1);
    char inserted = (char) random.nextInt(256);
    return latin(text(bytes).substring(0, at) + inserted + text(bytes).substring(at));
  }

  private static byte[] removeByte(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length + 1);
    return bytes.length == at
        ? bytes
        : latin(text(bytes).substring(0, at) + text(bytes).substring(at + 1));
  }

  private static byte[] repeatPart(byte[] bytes, Random random) {
    int from = random.nextInt(bytes.length + 1);
    int to = from + random.nextInt(bytes.length - from + 1);
    String part = text(bytes).substring(from, to);
    return latin(text(bytes).substring(0, to) + part + text(bytes).substring(to));
  }

  private static byte[] fields(int count) {
    StringBuilder json = new StringBuilder("{\"channel\":\"whatsapp\"");
    for (int i = 0; i < count; i++) {
      json.append(",\"f").append(i).append("\":0");
    }
    return latin(json.append('}').toString());
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static byte[] deflate(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  private static byte[] latin(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
