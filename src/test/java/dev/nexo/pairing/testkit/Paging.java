package dev.nexo.pairing.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.SenderKey;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Divides a list into pages that continue after the key of a row. */
final class Paging {

  private static final String SEPARATOR = "\u0000";

  private Paging() {}

  /** Returns a page of the rows in the order of their keys. */
  static <T> Page<T> page(
      String list, Stream<T> rows, Function<T, String> key, PageRequest request) {
    String after = request.cursor() == null ? null : read(list, request.cursor());
    List<T> found =
        rows.filter(row -> after == null || key.apply(row).compareTo(after) > 0)
            .sorted(Comparator.comparing(key))
            .limit(request.limit() + 1L)
            .toList();
    if (found.size() <= request.limit()) {
      return new Page<>(found, null);
    }
    List<T> items = found.subList(0, request.limit());
    String last = key.apply(items.get(items.size() - 1));
    byte[] cursor = (list + SEPARATOR + last).getBytes(UTF_8);
    return new Page<>(items, Base64.getUrlEncoder().withoutPadding().encodeToString(cursor));
  }

  private static String read(String list, String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
      if (text.startsWith(list + SEPARATOR)) {
        return text.substring(list.length() + 1);
      }
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
    throw invalid();
  }

  private static InvalidValueException invalid() {
    return new InvalidValueException(
        "cursor", "must be the value of \"next\" in an earlier page of this list");
  }

  /** Returns a key that orders rows by channel, account and sender. */
  static String key(SenderKey sender) {
    return String.join(SEPARATOR, sender.channel(), sender.accountId(), sender.senderId());
  }

  /** Returns a key that orders rows by a number, then by a string. */
  static String ascending(long number, String then) {
    return "%019d".formatted(number) + SEPARATOR + then;
  }

  /** Returns a key that orders rows by a number, the largest first. */
  static String descending(long number) {
    return "%019d".formatted(Long.MAX_VALUE - number);
  }
}
