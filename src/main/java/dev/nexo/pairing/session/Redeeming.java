package dev.nexo.pairing.session;

import dev.nexo.pairing.BootstrapToken;
import dev.nexo.pairing.Challenge;
import dev.nexo.pairing.DeviceProof;
import dev.nexo.pairing.PairingNotice;
import dev.nexo.pairing.Redemption;
import dev.nexo.pairing.RedemptionResult;
import dev.nexo.pairing.SetupCodeIssuer;
import dev.nexo.pairing.TokenCheck;
import dev.nexo.pairing.VerifiedClaims;
import dev.nexo.pairing.config.Component;
import dev.nexo.pairing.store.Database;
import dev.nexo.pairing.store.Notices;
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
class Redeeming {

  private final Database database;
  private final Clock clock;
  private final SetupCodeIssuer issuer;
  private final DeviceProofs proofs;
  private final Challenges challenges;
  private final SpentTokens spentTokens;
  private final Opening opening;
  private final Refusals refusals;
  private final Notices notices;

  @Inject
  Redeeming(
      Database database,
      Clock clock,
      SetupCodeIssuer issuer,
      DeviceProofs proofs,
      Challenges challenges,
      SpentTokens spentTokens,
      Opening opening,
      Refusals refusals,
      Notices notices) {
    this.database = database;
    this.clock = clock;
    this.issuer = issuer;
    this.proofs = proofs;
    this.challenges = challenges;
    this.spentTokens = spentTokens;
    this.opening = opening;
    this.refusals = refusals;
    this.notices = notices;
  }

  Redemption redeem(BootstrapToken token, DeviceProof proof) {
    Instant now = clock.instant();
    Presented presented = Presented.of(token);
    TokenCheck check = issuer.verify(token);
    boolean proven = proof != null && proofs.hold(proof, presented, now);
    Attempt attempt = new Attempt(check, spent(check, presented, now), proof, proven);
    Optional<RedemptionResult> fault = attempt.fault(now);
    Outcome outcome =
        fault.isPresent()
            ? new Outcome.Refused(fault.get(), attempt.spent().orElse(null))
            : open(attempt);
    return tell(outcome, attempt);
  }

  private Outcome open(Attempt attempt) {
    VerifiedClaims claims = attempt.claims().orElseThrow();
    // The time is when the transaction has its turn: by then another one may have been first.
    return database.write(tx -> opening.make(tx, attempt, claims, now()));
  }

  /** In milliseconds, as the database keeps it. */
  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }

  /** A challenge for a token that can be redeemed, now or again; made for every other one, too. */
  Optional<Challenge> challenge(BootstrapToken token) {
    Instant now = clock.instant();
    Presented presented = Presented.of(token);
    TokenCheck check = issuer.verify(token);
    Attempt attempt = new Attempt(check, spent(check, presented, now), null, false);
    Challenge challenge = challenges.fresh(presented, now);
    return attempt.answerable(now) ? Optional.of(challenge) : Optional.empty();
  }

  Challenge blindChallenge(BootstrapToken token) {
    return challenges.fresh(Presented.of(token), clock.instant());
  }

  private Optional<SpentToken> spent(TokenCheck check, Presented token, Instant now) {
    String key = SpentTokens.key(check, token);
    return database.query(statements -> spentTokens.find(statements, key, now));
  }

  private Redemption tell(Outcome outcome, Attempt attempt) {
    Redemption answer;
    if (outcome instanceof Outcome.Opened opened) {
      if (opened.code() != null) {
        notices.fire(new PairingNotice.SetupCodeChanged(opened.code()));
      }
      notices.fire(new PairingNotice.SessionOpened(opened.session()));
      answer = new Redemption.Opened(opened.token(), opened.session());
    } else if (outcome instanceof Outcome.Repeated repeated) {
      answer = new Redemption.Opened(repeated.token(), repeated.session());
    } else {
      refusals.tell((Outcome.Refused) outcome, attempt);
      answer = new Redemption.Refused();
    }
    notices.fire(new PairingNotice.RedemptionTried(outcome.result()));
    return answer;
  }
}
