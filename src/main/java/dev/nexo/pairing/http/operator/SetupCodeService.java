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
 * Makes a setup code, draws it, and sends it where asked to. Who gets it is checked before there is
 * one; a code that cannot be handed over at all is taken back. Thread-safe.
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
   * A code that is on its way.
   *
   * @param setup the code
   * @param drawing its QR code, or null where nobody asked for it
   * @param sent whether the channel took it, or null where it was not to be sent
   */
  record Started(IssuedSetupCode setup, QrCode drawing, Boolean sent) {}

  /**
   * Does what a call asks for. May take as long as the channel takes to send, 30 s.
   *
   * @throws InvalidValueException if the adapter rejects the receiver; there is no code then
   * @throws ProblemException 409 if the receiver is not admitted or the channel sends no pictures;
   *     there is no valid code then
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
      // Nobody has it, and nobody will: it must not lie about until it runs out.
      takeBack(setup, by);
      throw e;
    }
  }

  /** The receiver in canonical form: a code lets its holder in, so strangers get none. */
  private Receiver admitted(Receiver sendTo) {
    ChannelAccount account = sendTo.account();
    String to =
        adapters
            .normalizeSender(account.channel(), sendTo.to())
            .orElseThrow(
                () ->
                    new InvalidValueException(
                        "send_to.to", "must be a sender as the channel has them"));
    if (!gate.dryRun(account, List.of(to)).admit().contains(to)) {
      throw new ProblemException(
          ProblemType.NOT_ADMITTED,
          "A setup code is sent only to who is in allow-from of that account. Let them in first:"
              + " POST /api/v1/allow-from/seed, or approve their request.");
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
          "Leave send_to out and ask for the code by ?qr=svg,ansi,png, or send it through another"
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
