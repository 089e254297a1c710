package dev.nexo.pairing;

import dev.nexo.pairing.PendingRequest.HeldMessage;
import dev.nexo.pairing.companion.PairingSession;
import dev.nexo.pairing.companion.RedemptionResult;
import dev.nexo.pairing.companion.SessionEnd;
import dev.nexo.pairing.companion.SetupCodeStatus;
import java.util.List;
import java.util.Locale;

/**
 * A completed change, fired as a synchronous CDI event after its transaction has committed. An
 * exception of an observer is logged and does not undo the change.
 */
public sealed interface PairingEvent {

  /** A pending request was created for an unknown sender. */
  record Challenged(PendingRequest request) implements PairingEvent {}

  /**
   * The first attempt to deliver a challenge is complete.
   *
   * @param channel the channel
   * @param result the result
   */
  record ChallengeDelivered(String channel, DeliveryResult result) implements PairingEvent {}

  /** A request was approved. */
  record Approved(SenderKey sender) implements PairingEvent {}

  /**
   * The messages that a module passed to {@link PairingIntake} before their sender was approved.
   * Fired once, in the background, on a server whose modules observe this type itself. If an
   * observer throws, or the server dies before it has recorded the delivery, the event is fired
   * again with the same message ids.
   *
   * @param sender the approved sender
   * @param requestId the approved request
   * @param messages the messages in the order in which they were received
   */
  record HeldReleased(SenderKey sender, String requestId, List<HeldMessage> messages)
      implements PairingEvent {}

  /**
   * An approval failed because the code is expired or unknown.
   *
   * @param channel the channel of the request; an empty string if the code is unknown
   * @param expired true: the code had expired; false: there is no such code
   */
  record ApprovalFailed(String channel, boolean expired) implements PairingEvent {}

  /** A sender was denied or blocked. */
  record Denied(SenderKey sender, boolean blocked) implements PairingEvent {}

  /** Senders were revoked, or the terms of their admission changed. */
  record AdmissionChanged(List<SenderKey> senders) implements PairingEvent {}

  /** Pending requests expired. Each is reported once, by the server that removed it. */
  record CodesExpired(int count) implements PairingEvent {}

  /**
   * An attempt to tell operators of requests is complete.
   *
   * @param way the way, such as {@code webhook}
   * @param result the result
   */
  record NoticeAttempted(String way, Result result) implements PairingEvent {

    /** What became of a notice. */
    public enum Result {
      /** It was sent. */
      DELIVERED,
      /** It was not sent. It is sent again, unless it was a test. */
      FAILED,
      /** It was not sent within 24 hours and is not sent again. */
      GIVEN_UP;

      /** Returns the result as the label of a metric. */
      public String wireName() {
        return name().toLowerCase(Locale.ROOT);
      }
    }
  }

  /** A setup code was issued, redeemed or cancelled, or expired. */
  record SetupCodeChanged(SetupCodeStatus status) implements PairingEvent {}

  /** An attempt to redeem a bootstrap token is complete. */
  record RedemptionTried(RedemptionResult result) implements PairingEvent {}

  /** A companion has paired and opened a session. */
  record SessionOpened(PairingSession session) implements PairingEvent {}

  /** A session has ended; its open connections must be closed. */
  record SessionEnded(String sessionId, SessionEnd reason) implements PairingEvent {}
}
