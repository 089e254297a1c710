package dev.nexo.pairing.session;

import dev.nexo.pairing.companion.PairingSession;
import dev.nexo.pairing.companion.RedemptionResult;
import dev.nexo.pairing.companion.SessionToken;
import dev.nexo.pairing.companion.SetupCodeStatus;

/** How an attempt to redeem a bootstrap token has ended, for those who have to be told. */
sealed interface RedemptionOutcome {

  /** How it went. */
  RedemptionResult result();

  /**
   * A session was opened.
   *
   * @param code what has become of the setup code, or null where it was issued elsewhere, or is
   *     forgotten
   */
  record Opened(SessionToken token, PairingSession session, SetupCodeStatus code)
      implements RedemptionOutcome {

    @Override
    public RedemptionResult result() {
      return RedemptionResult.OK;
    }
  }

  /** The session that had been opened got another token. */
  record Repeated(SessionToken token, PairingSession session) implements RedemptionOutcome {

    @Override
    public RedemptionResult result() {
      return RedemptionResult.REPEATED;
    }
  }

  /** Refused. */
  record Refused(RedemptionResult result, SpentToken spent) implements RedemptionOutcome {}
}
