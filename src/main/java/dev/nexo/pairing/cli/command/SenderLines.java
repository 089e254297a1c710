package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.Role;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.terminal.CommandException;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads senders from a stream of lines, UTF-8: an id, or {@code {"sender_id":"…","note":"…"}},
 * which may also have {@code role}, {@code labels}, {@code idle_secs} and {@code members}. Skips
 * blank lines and a byte order mark. Keeps one line of up to {@value #MAX_LINE} bytes, and does not
 * close the stream. For one thread.
 */
final class SenderLines implements Iterator<SeedEntry> {

  /** The longest line, in bytes. */
  static final int MAX_LINE = 64 * 1024;

  private static final Set<String> KEYS =
      Set.of("sender_id", "note", "role", "labels", "idle_secs", "members");

  /** The first part of a phone number that a space splits. */
  private static final Pattern FIRST_PART = Pattern.compile("(\\+|00)[\\d().-]*");

  /** A further part of it. */
  private static final Pattern PART = Pattern.compile("[\\d(][\\d().-]*");

  /** No international number has fewer digits. */
  private static final int MIN_WHOLE = 8;

  /** No sender has fewer digits on a channel whose ids are phone numbers. */
  private static final int MIN_NUMBER = 5;

  private final InputStream in;
  private final String source;
  private final AllowTerms defaults;
  private final byte[] line = new byte[MAX_LINE];
  private long number;
  private long bytes;
  private SeedEntry next;

  /**
   * Creates a reader.
   *
   * @param source the name of the stream in error messages
   * @param defaults the role, labels and idle time of lines that do not name them
   */
  SenderLines(InputStream in, String source, AllowTerms defaults) {
    this.in = in;
    this.source = source;
    this.defaults = defaults;
  }

  /**
   * Returns the senders in a command's arguments. Refuses the parts of a number that spaces have
   * split: the rest may be another person's number.
   *
   * @throws CommandException if the arguments contain such a part
   */
  static Iterator<SeedEntry> of(List<String> senders, AllowTerms terms) {
    for (int i = 0; i + 1 < senders.size(); i++) {
      String sender = senders.get(i);
      if (isSplit(sender, senders.get(i + 1))) {
        throw new CommandException(
            sender
                + " is not a complete number; quote numbers that contain spaces, like"
                + " \"+1 555 000 1111\"");
      }
    }
    return senders.stream().map(sender -> entry(sender, terms)).iterator();
  }

  private static boolean isSplit(String first, String second) {
    return FIRST_PART.matcher(first).matches()
        && PART.matcher(second).matches()
        && (digits(first) < MIN_WHOLE || digits(second) < MIN_NUMBER || second.startsWith("("));
  }

  private static long digits(String part) {
    return part.chars().filter(Character::isDigit).count();
  }

  /** Returns the number of bytes read so far. */
  long bytes() {
    return bytes;
  }

  /**
   * Returns whether there is another sender.
   *
   * @throws CommandException if a line is malformed, or the stream cannot be read
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

  /** Reads a line without its LF, and returns its length; -1 at the end. */
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
      return entry(text, defaults);
    }
    try {
      JsonObject json = Json.read(text).orElseThrow(() -> fault("is not JSON"));
      if (!KEYS.containsAll(json.keySet())
          || json.entrySet().stream().anyMatch(field -> !isType(field.getKey(), field.getValue()))
          || Json.text(json, "sender_id") == null) {
        throw fault(
            "must contain sender_id and may contain note, role and members, all strings, labels, an"
                + " array of strings, and idle_secs, a number");
      }
      return entry(Json.text(json, "sender_id"), terms(json));
    } catch (InvalidValueException e) {
      throw fault("has an invalid value: " + e.getMessage());
    }
  }

  private static boolean isType(String name, JsonValue value) {
    return switch (name) {
      case "labels" ->
          value instanceof JsonArray array && array.stream().allMatch(JsonString.class::isInstance);
      case "idle_secs" -> value instanceof JsonNumber number && number.isIntegral();
      default -> value instanceof JsonString;
    };
  }

  private AllowTerms terms(JsonObject json) {
    String role = Json.text(json, "role");
    return new AllowTerms(
        null,
        Json.text(json, "note"),
        role == null
            ? defaults.role()
            : Role.find(role)
                .orElseThrow(() -> fault("has a role other than owner, member, guest")),
        json.containsKey("labels")
            ? json.getJsonArray("labels").getValuesAs(JsonString::getString)
            : defaults.labels(),
        json.get("idle_secs") instanceof JsonNumber seconds
            ? Duration.ofSeconds(seconds.longValue())
            : defaults.idle(),
        membersOnly(Json.text(json, "members")));
  }

  private boolean membersOnly(String members) {
    if (members != null && !members.equals("approved") && !members.equals("all")) {
      throw fault("has members other than approved, all");
    }
    return members == null ? defaults.membersOnly() : members.equals("approved");
  }

  private static SeedEntry entry(String senderId, AllowTerms terms) {
    return new SeedEntry(
        senderId, terms.note(), terms.role(), terms.labels(), terms.idle(), terms.membersOnly());
  }

  private CommandException fault(String reason) {
    return new CommandException(
        source + ", line " + number + " " + reason + "; fix it and send all lines again");
  }
}
