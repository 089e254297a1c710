package dev.nexo.pairing.store;

import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.SenderKey;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;

/**
 * The messages of one sender that were dropped for one reason. Immutable.
 *
 * @param count the number of messages
 * @param firstAt when the first one was dropped, in milliseconds since 1970
 * @param lastAt when the last one was dropped, in milliseconds since 1970
 * @param text the last text, or null
 * @param groupId the last group, or null
 * @param weight the binary logarithm of the messages' weight: a message weighs twice as much as one
 *     an hour earlier
 */
record DropSum(
    SenderKey sender,
    DropReason reason,
    long count,
    long firstAt,
    long lastAt,
    String text,
    String groupId,
    double weight) {

  private static final double HALF_LIFE_MILLIS = TimeUnit.HOURS.toMillis(1);
  private static final double LN_2 = Math.log(2);

  /** The order of the primary key within an account. */
  static final Comparator<DropSum> KEY_ORDER =
      Comparator.<DropSum, String>comparing(sum -> sum.sender.senderId())
          .thenComparing(sum -> sum.reason);

  static final Comparator<DropSum> LIGHTEST_FIRST =
      Comparator.comparingDouble(DropSum::weight).thenComparing(KEY_ORDER);

  /** What identifies a sum within an account. */
  record Key(String senderId, DropReason reason) {}

  /** Returns the sum of one message. */
  static DropSum of(SenderKey sender, DropReason reason, String text, String groupId, long now) {
    return new DropSum(sender, reason, 1, now, now, text, groupId, now / HALF_LIFE_MILLIS);
  }

  /** Returns the sum of these messages and later ones of the same sender and reason. */
  DropSum plus(DropSum later) {
    double difference = -Math.abs(weight - later.weight);
    double both = Math.max(weight, later.weight) + Math.log1p(Math.pow(2, difference)) / LN_2;
    return new DropSum(
        sender,
        reason,
        count + later.count,
        Math.min(firstAt, later.firstAt),
        Math.max(lastAt, later.lastAt),
        later.text == null ? text : later.text,
        later.groupId == null ? groupId : later.groupId,
        both);
  }

  Key key() {
    return new Key(sender.senderId(), reason);
  }
}
