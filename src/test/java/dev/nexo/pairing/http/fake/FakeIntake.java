package dev.nexo.pairing.http.fake;

import dev.nexo.pairing.Decision;
import dev.nexo.pairing.DeliveryResult;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.InboundMessage;
import dev.nexo.pairing.InboundOutcome;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.PairingIntake;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.platform.Component;

/** An intake that admits {@code friend} and challenges everybody else. */
@Component
public class FakeIntake implements PairingIntake {

  @Override
  public InboundOutcome receive(InboundMessage message) {
    String sender = message.senderId();
    FailingDependencies.mayCome(sender);
    if (sender == null || sender.isBlank()) {
      return new InboundOutcome(null, new Decision.Drop(DropReason.REJECTED_SENDER), null, null);
    }
    if (!SenderKey.isSender(sender.strip())) {
      throw new InvalidValueException("sender_id", "must be 1 to 256 characters");
    }
    if (sender.equals("friend")) {
      return new InboundOutcome(sender, Decision.Admit.MEMBER, null, null);
    }
    var challenge =
        new Decision.Challenge(FakeStore.WAITING, Decision.Challenge.Delivery.NOT_ASKED);
    return message.deliver()
        ? new InboundOutcome(sender, challenge, null, DeliveryResult.DELIVERED_VIA_ADAPTER)
        : new InboundOutcome(sender, challenge, "Your code: ABCD2345", null);
  }
}
