package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.companion.IssuedSetupCode;
import dev.nexo.pairing.companion.SetupCodeStore;
import dev.nexo.pairing.http.operator.SetupCodeBody.Receiver;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.problem.ProblemException;
import dev.nexo.pairing.problem.ProblemType;
import dev.nexo.pairing.qr.QrCode;
import dev.nexo.pairing.spi.DeliveryException;
import jakarta.inject.Inject;
import java.util.List;

/**
 * Issues a setup code, draws its QR code, and sends it to the requested recipient. Checks the
 * recipient before the code is issued, and cancels a code that cannot be delivered to anyone.
 * Thread-safe.
 */
@Component
public final class SetupCodeService {

  private static final System.Logger LOG = System.getLogger(SetupCodeService.class.getName());

  private final SetupCodeStore codes;
  private final PairingAdapterRegistry adapters;
  private final PairingGate gate;

  @Inject
  public SetupCodeService(SetupCodeStore codes, PairingAdapterRegistry adapters, PairingGate gate) {
    this.codes = codes;
    this.adapters = adapters;
    this.gate = gate;
  }

  /**
   * A setup code that was issued.
   *
   * @param setup the code
   * @param drawing its QR code, or null if none was requested
   * @param sent whether the channel accepted it, or null if no recipient was requested
   */
  record Started(IssuedSetupCode setup, QrCode drawing, Boolean sent) {}

  /**
   * Issues a setup code as requested. Takes up to 30 s if the channel sends it.
   *
   * @throws InvalidValueException if the adapter rejects the recipient; no code is issued
   * @throws ProblemException 409 if the recipient is not admitted or the channel does not support
   *     images; there is no valid code
   */
  Started start(SetupCodeBody call, Actor by) {
    Receiver sendTo = call.sendTo() == null ? null : admitted(call.sendTo());
    IssuedSetupCode setup = codes.start(call.wanted(), by);
    try {
      boolean drawn = sendTo != null || !call.forms().isEmpty();
      QrCode drawing = drawn ? QrCode.of(setup.payload()) : null;
      Boolean sent = sendTo == null ? null : send(setup, sendTo, drawing);
      return new Started(setup, drawing, sent);
    } catch (RuntimeException e) {
      // Nobody has received the code, so it must not stay valid until it expires.
      takeBack(setup, by);
      throw e;
    }
  }

  /**
   * Returns the recipient in canonical form. Anyone holding a code can pair, so rejects strangers.
   */
  private Receiver admitted(Receiver sendTo) {
    ChannelAccount account = sendTo.account();
    String to =
        adapters
            .normalizeSender(account.channel(), sendTo.to())
            .orElseThrow(
                () ->
                    new InvalidValueException(
                        "send_to.to", "must be a valid sender ID of the channel"));
    if (!gate.dryRun(account, List.of(to)).admit().contains(to)) {
      throw new ProblemException(
          ProblemType.NOT_ADMITTED,
          "Setup codes are sent only to senders in allow-from of the account. Admit the recipient"
              + " first: POST /api/v1/allow-from/seed, or approve the pending request.");
    }
    return new Receiver(account, to);
  }

  private boolean send(IssuedSetupCode setup, Receiver sendTo, QrCode drawing) {
    ChannelAccount account = sendTo.account();
    try {
      adapters.sendQrImage(account.channel(), account.accountId(), sendTo.to(), drawing.png());
      return true;
    } catch (UnsupportedOperationException e) {
      throw new ProblemException(
          ProblemType.NO_PICTURES,
          "Leave out send_to and request the QR code with ?qr=svg, or send it through another"
              + " channel.");
    } catch (DeliveryException e) {
      LogMessage.SETUP_CODE_NOT_SENT.log(LOG, e, setup.setupId(), account.channel());
      return false;
    }
  }

  private void takeBack(IssuedSetupCode setup, Actor by) {
    try {
      codes.cancel(setup.setupId(), by);
    } catch (RuntimeException e) {
      LogMessage.SETUP_CODE_NOT_CANCELLED.log(LOG, e, setup.setupId());
    }
  }
}
