package dev.nexo.pairing.message;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A text with placeholders. A part between two backticks is a command, which is shown as code if
 * the channel can do so; the backticks themselves are not sent. Braces may only surround
 * placeholders. Immutable.
 *
 * <p>Values are inserted after the template was read and before the channel's markup is added. So a
 * sender's name adds neither placeholders nor markup. A line is left out if it has placeholders and
 * none of them has a value.
 */
public final class TextTemplate {

  /** The maximum length of a template, in characters. */
  public static final int MAX = 1_000;

  /**
   * The maximum length of a text with the longest values, in characters: Telegram refuses messages
   * over 4,096, and a list of requests has lines around the text.
   */
  private static final int MAX_FILLED = 3_500;

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");

  /**
   * A part of the template.
   *
   * @param command whether it is between backticks
   * @param literals the literal texts; one more than placeholders
   * @param placeholders the placeholders between them
   */
  private record Part(boolean command, List<String> literals, List<TextPlaceholder> placeholders) {

    /** Returns the length with the longest values, in characters. */
    int longest() {
      return literals.stream().mapToInt(String::length).sum()
          + placeholders.stream().mapToInt(TextPlaceholder::longest).sum();
    }
  }

  private final String source;
  private final List<Part> parts;
  private final Set<TextPlaceholder> placeholders;

  private TextTemplate(String source, List<Part> parts, Set<TextPlaceholder> placeholders) {
    this.source = source;
    this.parts = List.copyOf(parts);
    this.placeholders = Set.copyOf(placeholders);
  }

  /**
   * Reads a template.
   *
   * @return the template, or empty if it is blank, too long, contains a control character other
   *     than a line break, an odd number of backticks, a brace outside a placeholder, or a
   *     placeholder that this kind does not have, or lacks one that it must have, or if it can be
   *     too long for a message because it repeats placeholders
   */
  public static Optional<TextTemplate> parse(TextKind kind, String text) {
    String lines = text.replace("\r\n", "\n");
    if (lines.isBlank() || lines.length() > MAX || !lines.chars().allMatch(TextTemplate::isFit)) {
      return Optional.empty();
    }
    String[] pieces = lines.split("`", -1);
    if (pieces.length % 2 == 0) {
      return Optional.empty();
    }
    List<Part> parts = new ArrayList<>();
    Set<TextPlaceholder> found = EnumSet.noneOf(TextPlaceholder.class);
    int filled = 0;
    for (int i = 0; i < pieces.length; i++) {
      Optional<Part> part = part(i % 2 == 1, pieces[i]);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      filled += part.get().longest();
      if (!pieces[i].isEmpty()) {
        parts.add(part.get());
        found.addAll(part.get().placeholders());
      }
    }
    boolean fits = filled <= MAX_FILLED && kind.allowed().containsAll(found);
    return fits && found.containsAll(kind.required())
        ? Optional.of(new TextTemplate(lines, parts, found))
        : Optional.empty();
  }

  /** Returns this template without the lines none of whose placeholders has a value. */
  private List<Part> partsWith(Set<TextPlaceholder> values) {
    if (values.containsAll(placeholders)) {
      return parts;
    }
    String lines =
        source.lines().filter(line -> isKept(line, values)).collect(Collectors.joining("\n"));
    String[] pieces = lines.split("`", -1);
    List<Part> kept = new ArrayList<>();
    for (int i = 0; i < pieces.length; i++) {
      part(i % 2 == 1, pieces[i]).ifPresent(kept::add);
    }
    return kept;
  }

  private static boolean isKept(String line, Set<TextPlaceholder> values) {
    Matcher matcher = PLACEHOLDER.matcher(line);
    boolean any = false;
    while (matcher.find()) {
      any = true;
      if (TextPlaceholder.find(matcher.group(1)).filter(values::contains).isPresent()) {
        return true;
      }
    }
    // A line with one end of a command is kept, because the other end is.
    return !any || line.chars().filter(c -> c == '`').count() % 2 == 1;
  }

  private static boolean isFit(int c) {
    return c == '\n' || !Character.isISOControl(c);
  }

  private static Optional<Part> part(boolean command, String piece) {
    List<String> literals = new ArrayList<>();
    List<TextPlaceholder> placeholders = new ArrayList<>();
    Matcher matcher = PLACEHOLDER.matcher(piece);
    int end = 0;
    while (matcher.find()) {
      Optional<TextPlaceholder> placeholder = TextPlaceholder.find(matcher.group(1));
      if (placeholder.isEmpty()) {
        return Optional.empty();
      }
      literals.add(piece.substring(end, matcher.start()));
      placeholders.add(placeholder.get());
      end = matcher.end();
    }
    literals.add(piece.substring(end));
    boolean braces = literals.stream().anyMatch(l -> l.indexOf('{') >= 0 || l.indexOf('}') >= 0);
    return braces ? Optional.empty() : Optional.of(new Part(command, literals, placeholders));
  }

  /** Returns what a template of a kind must and may contain, for messages. */
  public static String expected(TextKind kind) {
    String required = joined(kind.required());
    String optional =
        joined(
            kind.allowed().stream()
                .filter(placeholder -> !kind.required().contains(placeholder))
                .collect(Collectors.toSet()));
    return "a text of 1 to "
        + MAX
        + " characters "
        + (required.isEmpty() ? "" : "with " + required + " ")
        + (optional.isEmpty()
            ? "and no other braces"
            : (required.isEmpty() ? "" : "and ") + "with no other braces than " + optional)
        + ", with an even number of backticks, and of at most "
        + MAX_FILLED
        + " characters with the longest values";
  }

  private static String joined(Set<TextPlaceholder> placeholders) {
    return placeholders.stream()
        .sorted()
        .map(TextPlaceholder::toString)
        .collect(Collectors.joining(", "));
  }

  /** Returns the text with these values in the format of a channel; a missing value is empty. */
  public String render(Map<TextPlaceholder, String> values, TextFormat format) {
    StringBuilder text = new StringBuilder();
    for (Part part : partsWith(values.keySet())) {
      String plain = plain(part, values);
      text.append(part.command() ? format.command(plain) : format.text(plain));
    }
    return text.toString();
  }

  private static String plain(Part part, Map<TextPlaceholder, String> values) {
    StringBuilder plain = new StringBuilder(part.literals().get(0));
    for (int i = 0; i < part.placeholders().size(); i++) {
      String value = values.getOrDefault(part.placeholders().get(i), "");
      plain.append(value).append(part.literals().get(i + 1));
    }
    return plain.toString();
  }

  /** Returns the template as it was written. */
  @Override
  public String toString() {
    return source;
  }
}
