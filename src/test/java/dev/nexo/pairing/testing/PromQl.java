package dev.nexo.pairing.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads PromQL as far as our own dashboard and alerts use it, and finds what it names. Whatever it
 * does not know is a fault, so that nothing is passed over.
 */
public final class PromQl {

  /** A condition on a label: {@code =}, {@code !=}, {@code =~} or {@code !~}. */
  public record Condition(String label, String operator, String value) {}

  /**
   * Series that are asked for.
   *
   * @param function the function over their range, or empty where they are read as they are
   */
  public record Selector(String metric, List<Condition> conditions, String function) {}

  /** What is gathered by labels. */
  public record Grouping(List<String> labels, List<Selector> of) {}

  /** Everything that an expression names. */
  public record Query(List<Selector> selectors, List<Grouping> groupings) {}

  private static final Set<String> AGGREGATIONS = Set.of("sum", "min", "max", "avg", "count");
  private static final Set<String> OVER_RANGES = Set.of("rate", "increase", "delta", "deriv");
  private static final Set<String> FUNCTIONS = Set.of("absent", "clamp_min");
  private static final Set<String> BINARY =
      Set.of("+", "-", "*", "/", "==", "!=", ">", "<", ">=", "<=", "and", "or", "unless");
  private static final Set<String> CONDITIONS = Set.of("=", "!=", "=~", "!~");
  private static final Set<String> OTHER_WORDS =
      Set.of("by", "without", "on", "ignoring", "group_left", "group_right", "bool", "offset");

  private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
  private static final String NUMBER = "[0-9]+(\\.[0-9]+)?";
  private static final String DURATION = "[0-9]+(ms|[smhd])";
  private static final String TEXT = "\"[^\"\\\\]*\"";
  private static final Pattern TOKEN =
      Pattern.compile(
          String.join("|", TEXT, DURATION, NUMBER, NAME, "=~|!~|!=|==|>=|<=|[-+*/<>=(){}\\[\\],]"));

  private final List<String> tokens = new ArrayList<>();
  private final List<Selector> selectors = new ArrayList<>();
  private final List<Grouping> groupings = new ArrayList<>();
  private int next;

  private PromQl(String text) {
    Matcher token = TOKEN.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else if (token.region(at, text.length()).lookingAt()) {
        tokens.add(token.group());
        at = token.end();
      } else {
        throw new IllegalArgumentException("No PromQL known here: " + text.substring(at));
      }
    }
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException where it has anything that is not known here
   */
  public static Query read(String text) {
    PromQl reader = new PromQl(text);
    reader.expression("");
    if (reader.next < reader.tokens.size()) {
      throw reader.fault("an end");
    }
    return new Query(List.copyOf(reader.selectors), List.copyOf(reader.groupings));
  }

  private void expression(String function) {
    operand(function);
    while (BINARY.contains(peek())) {
      next++;
      operand(function);
    }
  }

  private void operand(String function) {
    String token = take();
    if (token.equals("(")) {
      expression(function);
      expect(")");
    } else if (AGGREGATIONS.contains(token)) {
      aggregation();
    } else if (OVER_RANGES.contains(token)) {
      expect("(");
      selector(take(), token);
      expect(")");
    } else if (FUNCTIONS.contains(token)) {
      call();
    } else if (!token.matches(NUMBER)) {
      selector(token, "");
    }
  }

  private void aggregation() {
    List<String> labels = peek().equals("by") ? labels() : null;
    int first = selectors.size();
    expect("(");
    expression("");
    expect(")");
    if (labels == null && peek().equals("by")) {
      labels = labels();
    }
    groupings.add(
        new Grouping(
            labels == null ? List.of() : labels,
            List.copyOf(selectors.subList(first, selectors.size()))));
  }

  private List<String> labels() {
    expect("by");
    expect("(");
    List<String> labels = new ArrayList<>();
    do {
      labels.add(name(take()));
    } while (another());
    expect(")");
    return labels;
  }

  private void call() {
    expect("(");
    do {
      expression("");
    } while (another());
    expect(")");
  }

  private void selector(String metric, String function) {
    name(metric);
    List<Condition> conditions = new ArrayList<>();
    if (peek().equals("{")) {
      next++;
      do {
        conditions.add(condition());
      } while (another());
      expect("}");
    }
    if (!function.isEmpty()) {
      expect("[");
      if (!take().matches(DURATION)) {
        next--;
        throw fault("a duration");
      }
      expect("]");
    }
    selectors.add(new Selector(metric, List.copyOf(conditions), function));
  }

  private Condition condition() {
    String label = name(take());
    String operator = take();
    if (!CONDITIONS.contains(operator)) {
      next--;
      throw fault("a condition");
    }
    String value = take();
    if (!value.matches(TEXT)) {
      next--;
      throw fault("a text");
    }
    return new Condition(label, operator, value.substring(1, value.length() - 1));
  }

  private String name(String token) {
    boolean known =
        BINARY.contains(token)
            || AGGREGATIONS.contains(token)
            || OVER_RANGES.contains(token)
            || FUNCTIONS.contains(token)
            || OTHER_WORDS.contains(token);
    if (known || !token.matches(NAME)) {
      next--;
      throw fault("a name");
    }
    return token;
  }

  private boolean another() {
    boolean comma = peek().equals(",");
    next += comma ? 1 : 0;
    return comma;
  }

  private void expect(String token) {
    if (!peek().equals(token)) {
      throw fault(token);
    }
    next++;
  }

  private String take() {
    String token = peek();
    next++;
    return token;
  }

  /** The next token, or empty at the end. */
  private String peek() {
    return next < tokens.size() ? tokens.get(next) : "";
  }

  private IllegalArgumentException fault(String expected) {
    return new IllegalArgumentException(
        "Expected " + expected + " as token " + (next + 1) + " of " + tokens);
  }
}
