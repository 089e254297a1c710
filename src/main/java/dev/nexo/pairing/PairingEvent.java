package dev.nexo.pairing;

import dev.nexo.pairing.companion.PairingSession;
import dev.nexo.pairing.companion.RedemptionResult;
import dev.nexo.pairing.companion.SessionEnd;
import dev.nexo.pairing.companion.SetupCodeStatus;
import java.util.List;

/**
 * Something that has happened, fired as a synchronous CDI event after its transaction committed. An
 * observer that throws is logged and does not undo it.
 */
public sealed interface PairingEvent {

  /** A stranger waits for the operator. */
  record Challenged(PendingRequest request) implements PairingEvent {}

  /**
   * The first attempt to deliver a challenge has ended.
   *
   * @param channel the channel
   * @param result how
   */
  record ChallengeDelivered(String channel, DeliveryResult result) implements PairingEvent {}

  /** A request was approved. */
  record Approved(SenderKey sender) implements PairingEvent {}

  /**
   * An approval came to nothing.
   *
   * @param channel the channel of the request, or empty where the code is unknown
   * @param expired true: the code had expired; false: there is no such code
   */
  record ApprovalFailed(String channel, boolean expired) implements PairingEvent {}

  /** A request was denied, its sender perhaps blocked. */
  record Denied(SenderKey sender, boolean blocked) implements PairingEvent {}

  /** Senders were taken out of allow-from, or the terms of their admission changed. */
  record AdmissionChanged(List<SenderKey> senders) implements PairingEvent {}

  /** Pending requests expired; each is reported once, by the node that cleared it. */
  record CodesExpired(int count) implements PairingEvent {}

  /** A setup code was issued, redeemed or cancelled, or expired. */
  record SetupCodeChanged(SetupCodeStatus status) implements PairingEvent {}

  /** An attempt to redeem a bootstrap token has ended. */
  record RedemptionTried(RedemptionResult result) implements PairingEvent {}

  /** A companion has paired. */
  record SessionOpened(PairingSession session) implements PairingEvent {}

  /** A session is over; connections that live on it have to end. */
  record SessionEnded(String sessionId, SessionEnd reason) implements PairingEvent {}
}
