package dev.nexo.pairing.notice;

import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.internal.OperatorNotices.State;
import java.util.List;
import java.util.Optional;

/**
 * A way by which operators are notified of new requests, for example a webhook. Implementations are
 * thread-safe CDI beans. For each way outside the channels there is an {@link
 * dev.nexo.pairing.outbox.Courier} whose kind is the name of the way: it sends what {@link
 * #payload} returned.
 */
public interface NoticeWay {

  /**
   * A receiver of one way.
   *
   * @param recipient the sender to whom the message goes; if the operators block this sender, it is
   *     not sent. For a receiver outside the channels, see {@link #outside}
   * @param target distinguishes the receivers of one way, at most 512 characters
   */
  record Receiver(SenderKey recipient, String target) {

    /** Returns a receiver that is not a sender of a channel. */
    public static Receiver outside(String way, String target) {
      // No account has an empty id, so no sender is this one.
      return new Receiver(new SenderKey(way, "", ""), target);
    }

    /** Returns a receiver that is a sender of a channel. */
    public static Receiver sender(SenderKey sender) {
      return new Receiver(sender, sender.toString());
    }
  }

  /** Returns the name in HTTP, metrics and the outbox, such as {@code webhook}. */
  String name();

  /**
   * Returns who is to be told now; empty if this way is turned off or nobody is subscribed. Called
   * outside a transaction, before requests are told.
   */
  List<Receiver> receivers();

  /** Returns whether this way is in use. By default, it is off if it has no receivers. */
  default State state() {
    return receivers().isEmpty() ? State.OFF : State.ON;
  }

  /**
   * Sends a test message to all receivers now, within 30 s.
   *
   * @throws dev.nexo.pairing.spi.DeliveryException if nobody receives notices, or not all receivers
   *     received it; the message says why in one line without secrets
   */
  void test();

  /**
   * Returns what is sent to a receiver, at most 64 KiB; empty if this receiver is not told. Called
   * in a transaction: it must not use the database and must be fast.
   */
  Optional<String> payload(Notice notice, Receiver receiver);
}
