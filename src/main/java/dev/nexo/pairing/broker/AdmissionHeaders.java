package dev.nexo.pairing.broker;

import dev.nexo.pairing.Decision.Admit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The headers of a forwarded message that say what its sender is to the operator ({@code
 * protocol.md#bus}). A message that arrives with such headers loses them, because a program that
 * publishes it could otherwise make a stranger an owner.
 */
public final class AdmissionHeaders {

  /** The sender's role: {@code owner}, {@code member} or {@code guest}. */
  static final String ROLE = "Pairing-Role";

  /** The sender's labels, separated by commas; missing if there are none. */
  static final String LABELS = "Pairing-Labels";

  private static final String PREFIX = "pairing-";

  private AdmissionHeaders() {}

  /** Returns a message with the headers of an admission. */
  public static BusMessage with(BusMessage message, Admit admit) {
    Map<String, List<String>> headers = others(message);
    headers.put(ROLE, List.of(admit.role().wireName()));
    if (!admit.labels().isEmpty()) {
      headers.put(LABELS, List.of(String.join(",", admit.labels())));
    }
    return message.with(headers);
  }

  /** Returns a message without such headers. */
  public static BusMessage without(BusMessage message) {
    return message.with(others(message));
  }

  /** Returns the headers whose names do not begin with {@code Pairing-}, in any case. */
  private static Map<String, List<String>> others(BusMessage message) {
    Map<String, List<String>> headers = new HashMap<>(message.headers());
    headers.keySet().removeIf(name -> name.toLowerCase(Locale.ROOT).startsWith(PREFIX));
    return headers;
  }
}
