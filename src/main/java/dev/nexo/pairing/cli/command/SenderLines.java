package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.terminal.CommandException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * Senders from a stream of lines, UTF-8: an id, or {@code {"sender_id":"…","note":"…"}}; blank
 * lines and a byte order mark are passed over. Holds one line of up to {@value #MAX_LINE} bytes.
 * For one thread; goes through once, and does not close the stream.
 */
final class SenderLines implements Iterator<SeedEntry> {

  /** The longest line, in bytes. */
  static final int MAX_LINE = 64 * 1024;

  private static final Set<String> KEYS = Set.of("sender_id", "note");

  private final InputStream in;
  private final String source;
  private final byte[] line = new byte[MAX_LINE];
  private long number;
  private long bytes;
  private SeedEntry next;

  /**
   * Reads that stream.
   *
   * @param source what to call it in a fault
   */
  SenderLines(InputStream in, String source) {
    this.in = in;
    this.source = source;
  }

  /** How many bytes were read up to now. */
  long bytes() {
    return bytes;
  }

  /**
   * Whether there is another sender.
   *
   * @throws CommandException where a line is malformed, naming it, or the stream breaks
   */
  @Override
  public boolean hasNext() {
    try {
      for (int length = 0; next == null && length >= 0; ) {
        length = read();
        String text = length < 0 ? "" : text(length);
        next = text.isEmpty() ? null : entry(text);
      }
      return next != null;
    } catch (IOException e) {
      throw new CommandException(source + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public SeedEntry next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    SeedEntry entry = next;
    next = null;
    return entry;
  }

  /** Fills the line up to its LF, which is left out; -1 at the end. */
  private int read() throws IOException {
    int length = 0;
    number++;
    for (int b = in.read(); b >= 0; b = in.read()) {
      bytes++;
      if (b == '\n') {
        return length;
      }
      if (length == MAX_LINE) {
        throw fault("is longer than 64 KiB");
      }
      line[length++] = (byte) b;
    }
    return length == 0 ? -1 : length;
  }

  private String text(int length) {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line, 0, length)).toString();
      return (number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text).strip();
    } catch (CharacterCodingException e) {
      throw fault("is not UTF-8");
    }
  }

  private SeedEntry entry(String text) {
    if (!text.startsWith("{")) {
      return new SeedEntry(text, null);
    }
    try {
      JsonObject json = Json.read(text).orElseThrow(() -> fault("is not JSON"));
      boolean note = !json.containsKey("note") || json.get("note") instanceof JsonString;
      if (!KEYS.containsAll(json.keySet()) || !note || Json.text(json, "sender_id") == null) {
        throw fault("must have sender_id and may have note, both of them texts");
      }
      return new SeedEntry(Json.text(json, "sender_id"), Json.text(json, "note"));
    } catch (InvalidValueException e) {
      throw fault("has a note that is too long: " + e.getMessage());
    }
  }

  private CommandException fault(String reason) {
    return new CommandException(
        source + ", line " + number + " " + reason + "; mend it and send all of them again");
  }
}
