package dev.nexo.pairing.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Codes, ids, tokens and cursors of earlier answers, so that requests get further than a 404 or a
 * 401. Keeps the newest values of each kind. Thread-safe.
 */
final class HarvestedValues {

  private enum Kind {
    CODE("code"),
    REQUEST_ID("request_id"),
    SETUP_ID("setup_id"),
    SESSION_ID("session_id"),
    BOOTSTRAP_TOKEN("bootstrap_token"),
    SESSION_TOKEN("session_token"),
    CURSOR("next"),
    COOKIE(null);

    private final Pattern pattern;

    Kind(String field) {
      pattern = field == null ? null : Pattern.compile("\"" + field + "\":\"([^\"\\\\]+)\"");
    }
  }

  private static final int KEPT = 30;
  private static final Pattern COOKIE = Pattern.compile("^([^=]*nexo_pairing_console_[^;]+)");
  private static final Pattern CHALLENGE = Pattern.compile("\"challenge\":\"([^\"]+)\"");

  /**
   * A challenge for a device key.
   *
   * @param token the token for which it was requested
   * @param challenge the challenge
   */
  record Challenge(String token, String challenge) {}

  private final Map<Kind, Deque<String>> values = new EnumMap<>(Kind.class);
  private final Deque<Challenge> challenges = new ArrayDeque<>();

  HarvestedValues() {
    for (Kind kind : Kind.values()) {
      values.put(kind, new ArrayDeque<>());
    }
  }

  /**
   * Collects the values in an answer.
   *
   * @param authorization the header of the request, or null
   */
  synchronized void take(String authorization, RawAnswer answer) {
    Matcher cookie = COOKIE.matcher(answer.header("Set-Cookie"));
    if (cookie.find()) {
      keep(values.get(Kind.COOKIE), cookie.group(1));
    }
    if (!answer.mediaType().equals("application/json")) {
      return;
    }
    String body = answer.text();
    for (Kind kind : Kind.values()) {
      Matcher found = kind.pattern == null ? null : kind.pattern.matcher(body);
      if (found != null && found.find()) {
        keep(values.get(kind), found.group(1));
      }
    }
    Matcher challenge = CHALLENGE.matcher(body);
    if (challenge.find() && authorization != null && authorization.startsWith("Bearer ")) {
      keep(challenges, new Challenge(authorization.substring(7), challenge.group(1)));
    }
  }

  private static <T> void keep(Deque<T> kept, T value) {
    kept.addFirst(value);
    if (kept.size() > KEPT) {
      kept.removeLast();
    }
  }

  /** A code, or the id of a request, a setup code or a session, encoded for a path. */
  String reference(Random random) {
    Kind[] kinds = {Kind.CODE, Kind.REQUEST_ID, Kind.SETUP_ID, Kind.SESSION_ID};
    return encoded(value(kinds[random.nextInt(kinds.length)], "ABCD-2345", random));
  }

  /** The code or the id of a pending request, encoded for a path. */
  String pending(Random random) {
    Kind kind = random.nextBoolean() ? Kind.CODE : Kind.REQUEST_ID;
    return encoded(value(kind, "ABCD-2345", random));
  }

  /** The id of a setup code, encoded for a path. */
  String setupId(Random random) {
    return encoded(value(Kind.SETUP_ID, "is-waiting", random));
  }

  /** The id of a session, encoded for a path. */
  String sessionId(Random random) {
    return encoded(value(Kind.SESSION_ID, "session-1", random));
  }

  /** The cursor of a next page, encoded for a query. */
  String cursor(Random random) {
    return encoded(value(Kind.CURSOR, "MTIz", random));
  }

  /** A bootstrap token or a session token. */
  String token(Random random) {
    Kind kind = random.nextBoolean() ? Kind.BOOTSTRAP_TOKEN : Kind.SESSION_TOKEN;
    return value(kind, "eyJhbGciOiJIUzI1NiJ9.e30.AAAA", random);
  }

  /** A bootstrap token. */
  String bootstrapToken(Random random) {
    return value(Kind.BOOTSTRAP_TOKEN, "eyJhbGciOiJIUzI1NiJ9.e30.AAAA", random);
  }

  /** A session token. */
  String sessionToken(Random random) {
    return value(Kind.SESSION_TOKEN, "nexo_pairing_console_0=" + "A".repeat(43), random);
  }

  /** The name and the value of the console's cookie. */
  String cookie(Random random) {
    return value(Kind.COOKIE, "nexo_pairing_console_0=" + "A".repeat(43), random);
  }

  /** A challenge with its token. */
  synchronized Challenge challenge(Random random) {
    List<Challenge> kept = new ArrayList<>(challenges);
    int choice = random.nextInt(KEPT);
    return kept.isEmpty()
        ? new Challenge("A".repeat(43), "A".repeat(43))
        : kept.get(choice % kept.size());
  }

  private synchronized String value(Kind kind, String otherwise, Random random) {
    List<String> kept = new ArrayList<>(values.get(kind));
    // Always draws one number, so that later choices do not depend on the collected values.
    int choice = random.nextInt(KEPT);
    return kept.isEmpty() ? otherwise : kept.get(choice % kept.size());
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, UTF_8).replace("+", "%20");
  }
}
