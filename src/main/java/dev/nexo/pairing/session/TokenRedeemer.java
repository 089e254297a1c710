package dev.nexo.pairing.session;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.codec.Sha256;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.DeviceChallenge;
import dev.nexo.pairing.companion.DeviceProof;
import dev.nexo.pairing.companion.Redemption;
import dev.nexo.pairing.companion.RedemptionResult;
import dev.nexo.pairing.companion.SetupCodeIssuer;
import dev.nexo.pairing.companion.SetupCodeStatus;
import dev.nexo.pairing.companion.TokenCheck;
import dev.nexo.pairing.companion.TokenRejection;
import dev.nexo.pairing.companion.VerifiedClaims;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.session.SessionRepository.SpentToken;
import dev.nexo.pairing.setupcode.SpentNonces;
import dev.nexo.pairing.store.AuditTrail;
import dev.nexo.pairing.store.PairingEvents;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Exchanges bootstrap tokens for sessions ({@code protocol.md#sessions}). Thread-safe.
 *
 * <p><b>What comes in:</b> the bootstrap token that a companion read from a QR code, and, if the
 * companion has a device key, its signature over a challenge.
 *
 * <p><b>What happens:</b>
 *
 * <ol>
 *   <li>The token's signature and expiry are verified, then the device's proof, and the token's
 *       nonce is searched for in the database. All of these steps are performed for every token, so
 *       that the time of a refusal does not reveal its reason.
 *   <li>A token that fails one of these checks is refused without a transaction.
 *   <li>Otherwise one transaction spends the nonce, opens a session and writes the audit trail. If
 *       the same device redeemed the token within the last 30 s, the response was lost: the
 *       transaction then replaces the token of that session. Example: a token that is redeemed at
 *       12:00:00 can be redeemed again at 12:00:20, but not at 12:00:40.
 *   <li>After the commit, events are fired. A refusal is reported to the operator.
 * </ol>
 *
 * <p><b>What goes out:</b> a new session token and its session, or a refusal without a reason.
 *
 * <p><b>What can go wrong:</b> if several callers redeem one token at the same time, on any
 * servers, the primary key of the spent nonces lets one of them open a session and refuses the
 * others. If the database fails, nothing has changed, and the token can be redeemed later.
 *
 * <p>A nonce is kept for at least 24 h after the token's expiry. During that time, a token that was
 * redeemed or cancelled is refused as such and not as expired, while its signing key is valid.
 */
@Component
class TokenRedeemer {

  /** How long a device can redeem its token again if the response was lost. */
  private static final Duration REPEATABLE = Duration.ofSeconds(30);

  /**
   * How long a nonce is kept after the token's expiry, so that a clock that is set back does not
   * make the token valid again.
   */
  private static final Duration NONCE_KEPT = Duration.ofHours(24);

  private final Database database;
  private final Clock clock;
  private final SetupCodeIssuer issuer;
  private final DeviceProofVerifier proofs;
  private final SessionRepository sessions;
  private final RefusalReporter refusals;
  private final PairingEvents events;

  @Inject
  TokenRedeemer(
      Database database,
      Clock clock,
      SetupCodeIssuer issuer,
      DeviceProofVerifier proofs,
      SessionRepository sessions,
      RefusalReporter refusals,
      PairingEvents events) {
    this.database = database;
    this.clock = clock;
    this.issuer = issuer;
    this.proofs = proofs;
    this.sessions = sessions;
    this.refusals = refusals;
    this.events = events;
  }

  /**
   * Returns a challenge for a token that can be redeemed, for the first time or again; empty for
   * other tokens, after the same work.
   */
  Optional<DeviceChallenge> challenge(BootstrapToken token) {
    Instant now = clock.instant();
    TokenHash presented = TokenHash.of(token);
    Attempt attempt = examine(token, presented, null, now);
    DeviceChallenge challenge = proofs.newChallenge(presented, now);
    return attempt.isRedeemable(now) ? Optional.of(challenge) : Optional.empty();
  }

  /** Returns whether the token has a valid signature and has expired, was spent or cancelled. */
  boolean hasEnded(BootstrapToken token) {
    Instant now = clock.instant();
    Attempt attempt = examine(token, TokenHash.of(token), null, now);
    return attempt.claims().isPresent()
        && (attempt.spent().isPresent() || attempt.check() instanceof TokenCheck.Refused);
  }

  /** Returns a challenge for any token, without checking it. */
  DeviceChallenge blindChallenge(BootstrapToken token) {
    return proofs.newChallenge(TokenHash.of(token), clock.instant());
  }

  /**
   * Redeems a token.
   *
   * @param proof the proof of the device key to bind the session to, or null
   */
  Redemption redeem(BootstrapToken token, DeviceProof proof) {
    Instant now = clock.instant();
    Attempt attempt = examine(token, TokenHash.of(token), proof, now);
    Optional<RedemptionResult> rejection = attempt.rejection(now);
    Outcome outcome =
        rejection.isPresent()
            ? Refused.of(rejection.get(), attempt.spent())
            // A transaction may have waited for others, so it reads the time itself.
            : database.write(tx -> exchange(tx, attempt, nowInMillis()));
    publish(outcome, attempt);
    return outcome.answer();
  }

  /** Returns the time in milliseconds, the precision of the database. */
  private Instant nowInMillis() {
    return Instant.ofEpochMilli(clock.millis());
  }

  /** Performs all checks on a token, even if the first ones fail. */
  private Attempt examine(
      BootstrapToken token, TokenHash presented, DeviceProof proof, Instant now) {
    TokenCheck check = issuer.verify(token);
    boolean proven = proof != null && proofs.verify(proof, presented, now);
    Optional<VerifiedClaims> claims = claims(check);
    // If the claims are not trusted, the hash of the token is used in place of the nonce: there is
    // no such row, but the query takes as long. It is hashed again, so that a nonce presented as a
    // token is not found.
    String nonceSha256 = Sha256.hex(claims.map(VerifiedClaims::nonce).orElseGet(presented::hex));
    Optional<SpentToken> spent =
        database.query(statements -> sessions.spentToken(statements, nonceSha256, now));
    return new Attempt(check, claims, nonceSha256, spent, proof, proven);
  }

  /** Returns the claims of a token with a valid signature, expired or not. */
  private static Optional<VerifiedClaims> claims(TokenCheck check) {
    return check instanceof TokenCheck.Refused refused
        ? Optional.ofNullable(refused.claims())
        : Optional.of(((TokenCheck.Valid) check).claims());
  }

  /**
   * The results of all checks on a token, before the transaction.
   *
   * @param check the result of verifying the signature and the expiry
   * @param claims the claims if the signature is valid, even if the token has expired
   * @param nonceSha256 the key of the token in {@code pairing_spent_nonce}
   * @param spent what the token was spent for, or empty if it was not
   * @param proof the device's proof, or null
   * @param proven whether there is a proof and it is valid
   */
  private record Attempt(
      TokenCheck check,
      Optional<VerifiedClaims> claims,
      String nonceSha256,
      Optional<SpentToken> spent,
      DeviceProof proof,
      boolean proven) {

    /**
     * Returns why the token is refused, or empty if a transaction has to decide. A spent token is
     * reported as spent even if it has expired as well: the response may have been lost in the last
     * second of the token's lifetime, and an attacker who photographed it is likely to come late.
     */
    Optional<RedemptionResult> rejection(Instant now) {
      if (claims.isPresent() && spent.isPresent()) {
        return isRepeat(spent.get(), now) ? Optional.empty() : Optional.of(reason(spent.get()));
      }
      if (check instanceof TokenCheck.Refused refused) {
        return Optional.of(reason(refused.fault()));
      }
      return proof == null || proven ? Optional.empty() : Optional.of(RedemptionResult.BAD_PROOF);
    }

    /**
     * Returns whether the device that redeemed the token presents it again because the response was
     * lost.
     */
    boolean isRepeat(SpentToken spentFor, Instant now) {
      return claims.isPresent()
          && proof != null
          && proven
          && isRepeatable(spentFor, now)
          && spentFor.deviceKey().equals(proof.key().value());
    }

    /**
     * Returns whether the token can be redeemed with a suitable proof, for the first time or again.
     */
    boolean isRedeemable(Instant now) {
      return claims.isPresent()
          && spent.map(s -> isRepeatable(s, now)).orElse(check instanceof TokenCheck.Valid);
    }

    /**
     * Returns whether a spent token can be redeemed again at a time. False for a time before it was
     * spent: then the clock was set back by an unknown amount.
     */
    private static boolean isRepeatable(SpentToken spent, Instant now) {
      return spent.deviceKey() != null
          && !now.isBefore(spent.at())
          && now.isBefore(spent.at().plus(REPEATABLE));
    }

    private static RedemptionResult reason(SpentToken spent) {
      return spent.sessionId() == null ? RedemptionResult.CANCELLED : RedemptionResult.SPENT;
    }

    private static RedemptionResult reason(TokenRejection fault) {
      return switch (fault) {
        case MALFORMED -> RedemptionResult.MALFORMED;
        case INVALID_SIGNATURE -> RedemptionResult.INVALID_SIGNATURE;
        case EXPIRED -> RedemptionResult.EXPIRED;
      };
    }
  }

  /**
   * Spends the token and opens a session, or replaces the token of the session if the response was
   * lost.
   */
  private Outcome exchange(Transaction tx, Attempt attempt, Instant now) throws SQLException {
    VerifiedClaims claims = attempt.claims().orElseThrow();
    DeviceProof proof = attempt.proof();
    String sessionId = attempt.spent().map(SpentToken::sessionId).orElseGet(sessions::newId);
    // A challenge is valid for one token and is spent together with it. If the challenge is spent,
    // so is the token, and only the session it was spent for remains to be found.
    boolean unused =
        proof == null || DeviceProofVerifier.spendChallenge(tx, proof.challenge(), sessionId, now);
    Instant keptUntil = claims.expiresAt().plus(NONCE_KEPT);
    if (unused
        && attempt.spent().isEmpty()
        && SpentNonces.spend(tx, attempt.nonceSha256(), sessionId, now, keptUntil)) {
      return open(tx, attempt, sessionId, now);
    }
    Optional<SpentToken> spent = sessions.spentToken(tx.statements(), attempt.nonceSha256(), now);
    return unused && spent.filter(s -> attempt.isRepeat(s, now)).isPresent()
        ? repeat(tx, spent.get(), now)
        : refused(spent);
  }

  private Outcome open(Transaction tx, Attempt attempt, String sessionId, Instant now)
      throws SQLException {
    VerifiedClaims claims = attempt.claims().orElseThrow();
    DeviceProof proof = attempt.proof();
    Redemption.Opened opened =
        sessions.insert(tx, sessionId, claims, proof == null ? null : proof.key(), now);
    Optional<SetupCodeStatus> setupCode =
        sessions.redeemedSetupCode(tx.statements(), attempt.nonceSha256(), sessionId);
    if (setupCode.isPresent()) {
      SetupCodeStatus code = setupCode.get();
      String detail = SessionAuditTrail.describe(sessionId, code.deviceLabel());
      AuditTrail.append(
          tx, now, Actor.COMPANION, AuditAction.SETUP_REDEEMED, null, detail, code.setupId());
    }
    SessionAuditTrail.append(
        tx, now, Actor.COMPANION, AuditAction.SESSION_OPENED, opened.session());
    return new Opened(opened, setupCode);
  }

  private Outcome repeat(Transaction tx, SpentToken spent, Instant now) throws SQLException {
    Optional<Redemption.Opened> opened = sessions.replaceToken(tx, spent.sessionId(), now);
    if (opened.isEmpty()) {
      return refused(Optional.of(spent));
    }
    SessionAuditTrail.append(
        tx, now, Actor.COMPANION, AuditAction.SESSION_REPEATED, opened.get().session());
    return new Repeated(opened.get());
  }

  private static Outcome refused(Optional<SpentToken> spent) {
    return Refused.of(spent.map(Attempt::reason).orElse(RedemptionResult.SPENT), spent);
  }

  /** The outcome of an attempt, with what has to be published after the commit. */
  private sealed interface Outcome {

    /** Returns the result for logs and metrics. */
    RedemptionResult result();

    /** Returns the answer for the companion. */
    Redemption answer();
  }

  /**
   * A session was opened.
   *
   * @param setupCode the setup code that was redeemed; empty if it was issued elsewhere or is no
   *     longer stored
   */
  private record Opened(Redemption.Opened answer, Optional<SetupCodeStatus> setupCode)
      implements Outcome {

    @Override
    public RedemptionResult result() {
      return RedemptionResult.OK;
    }
  }

  /** The session that the same device had opened got a new token. */
  private record Repeated(Redemption.Opened answer) implements Outcome {

    @Override
    public RedemptionResult result() {
      return RedemptionResult.REPEATED;
    }
  }

  /**
   * The token was refused.
   *
   * @param sessionId the session for which it was redeemed before, or null
   */
  private record Refused(RedemptionResult result, String sessionId) implements Outcome {

    static Refused of(RedemptionResult result, Optional<SpentToken> spent) {
      return new Refused(result, spent.map(SpentToken::sessionId).orElse(null));
    }

    @Override
    public Redemption answer() {
      return new Redemption.Refused();
    }
  }

  private void publish(Outcome outcome, Attempt attempt) {
    if (outcome instanceof Opened opened) {
      opened.setupCode().ifPresent(code -> events.fire(new PairingEvent.SetupCodeChanged(code)));
      events.fire(new PairingEvent.SessionOpened(opened.answer().session()));
    } else if (outcome instanceof Refused refused) {
      String deviceLabel = attempt.claims().map(VerifiedClaims::deviceLabel).orElse(null);
      refusals.report(refused.result(), refused.sessionId(), deviceLabel);
    }
    events.fire(new PairingEvent.RedemptionTried(outcome.result()));
  }
}
