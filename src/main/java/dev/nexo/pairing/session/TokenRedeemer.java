package dev.nexo.pairing.session;

import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.DeviceChallenge;
import dev.nexo.pairing.companion.DeviceProof;
import dev.nexo.pairing.companion.Redemption;
import dev.nexo.pairing.companion.RedemptionResult;
import dev.nexo.pairing.companion.SetupCodeIssuer;
import dev.nexo.pairing.companion.TokenCheck;
import dev.nexo.pairing.companion.VerifiedClaims;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.store.PairingEvents;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Exchanges bootstrap tokens for sessions (contract, section 8). Whatever is wrong with a token,
 * the same is done to find it out: its signature is checked, the proof with it, and its nonce is
 * looked up once; so the time that a refusal takes tells nothing either. Only what may succeed gets
 * as far as a transaction.
 *
 * <p>Nonces are kept for at least 24 h after the token's expiry. As long, a token that was redeemed
 * or cancelled is refused as such and not as expired, while the key that signed it counts.
 * Thread-safe.
 */
@Component
class TokenRedeemer {

  private final Database database;
  private final Clock clock;
  private final SetupCodeIssuer issuer;
  private final DeviceProofVerifier proofs;
  private final SpentTokenQuery spentTokens;
  private final SessionOpener opening;
  private final RefusalReporter refusals;
  private final PairingEvents notices;

  @Inject
  TokenRedeemer(
      Database database,
      Clock clock,
      SetupCodeIssuer issuer,
      DeviceProofVerifier proofs,
      SpentTokenQuery spentTokens,
      SessionOpener opening,
      RefusalReporter refusals,
      PairingEvents notices) {
    this.database = database;
    this.clock = clock;
    this.issuer = issuer;
    this.proofs = proofs;
    this.spentTokens = spentTokens;
    this.opening = opening;
    this.refusals = refusals;
    this.notices = notices;
  }

  Redemption redeem(BootstrapToken token, DeviceProof proof) {
    Instant now = clock.instant();
    TokenHash presented = TokenHash.of(token);
    TokenCheck check = issuer.verify(token);
    boolean proven = proof != null && proofs.verify(proof, presented, now);
    RedemptionAttempt attempt =
        new RedemptionAttempt(check, spent(check, presented, now), proof, proven);
    Optional<RedemptionResult> fault = attempt.fault(now);
    RedemptionOutcome outcome =
        fault.isPresent()
            ? new RedemptionOutcome.Refused(fault.get(), attempt.spent().orElse(null))
            : open(attempt);
    return tell(outcome, attempt);
  }

  private RedemptionOutcome open(RedemptionAttempt attempt) {
    VerifiedClaims claims = attempt.claims().orElseThrow();
    // The time is when the transaction has its turn: by then another one may have been first.
    return database.write(tx -> opening.make(tx, attempt, claims, now()));
  }

  /** In milliseconds, as the database keeps it. */
  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }

  /** A challenge for a token that can be redeemed, now or again; made for every other one, too. */
  Optional<DeviceChallenge> challenge(BootstrapToken token) {
    Instant now = clock.instant();
    TokenHash presented = TokenHash.of(token);
    TokenCheck check = issuer.verify(token);
    RedemptionAttempt attempt =
        new RedemptionAttempt(check, spent(check, presented, now), null, false);
    DeviceChallenge challenge = proofs.newChallenge(presented, now);
    return attempt.answerable(now) ? Optional.of(challenge) : Optional.empty();
  }

  DeviceChallenge blindChallenge(BootstrapToken token) {
    return proofs.newChallenge(TokenHash.of(token), clock.instant());
  }

  private Optional<SpentToken> spent(TokenCheck check, TokenHash token, Instant now) {
    String key = SpentTokenQuery.key(check, token);
    return database.query(statements -> spentTokens.find(statements, key, now));
  }

  private Redemption tell(RedemptionOutcome outcome, RedemptionAttempt attempt) {
    Redemption answer;
    if (outcome instanceof RedemptionOutcome.Opened opened) {
      if (opened.code() != null) {
        notices.fire(new PairingEvent.SetupCodeChanged(opened.code()));
      }
      notices.fire(new PairingEvent.SessionOpened(opened.session()));
      answer = new Redemption.Opened(opened.token(), opened.session());
    } else if (outcome instanceof RedemptionOutcome.Repeated repeated) {
      answer = new Redemption.Opened(repeated.token(), repeated.session());
    } else {
      SpentToken spent = ((RedemptionOutcome.Refused) outcome).spent();
      refusals.report(
          outcome.result(),
          spent == null ? null : spent.sessionId(),
          attempt.claims().map(VerifiedClaims::deviceLabel).orElse(null));
      answer = new Redemption.Refused();
    }
    notices.fire(new PairingEvent.RedemptionTried(outcome.result()));
    return answer;
  }
}
