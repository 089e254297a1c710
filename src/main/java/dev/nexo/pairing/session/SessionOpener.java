package dev.nexo.pairing.session;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.companion.DeviceProof;
import dev.nexo.pairing.companion.RedemptionResult;
import dev.nexo.pairing.companion.SessionToken;
import dev.nexo.pairing.companion.SetupCodeState;
import dev.nexo.pairing.companion.SetupCodeStatus;
import dev.nexo.pairing.companion.VerifiedClaims;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.IdSource;
import dev.nexo.pairing.setupcode.SpentNonces;
import dev.nexo.pairing.store.AuditTrail;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The transaction that spends a bootstrap token and opens a session for it, or gives the session it
 * was spent on another token. The primary key of the spent nonces decides, so that of any number of
 * servers one opens a session (contract, section 10). Thread-safe.
 */
@Component
class SessionOpener {

  private static final String SETUP_CODE =
      "SELECT setup_id, device_label, expires_at FROM pairing_setup_code WHERE nonce_sha256 = ?";

  /** Past its expiry a token is refused anyway; this long, a clock may be set back. */
  private static final Duration NONCE_KEPT = Duration.ofHours(24);

  private final SessionExpiry lifetimes;
  private final SessionStatements sessions;
  private final SpentTokenQuery spentTokens;
  private final SessionTokenGenerator tokens;
  private final IdSource ids;

  @Inject
  SessionOpener(
      SessionExpiry lifetimes,
      SessionStatements sessions,
      SpentTokenQuery spentTokens,
      SessionTokenGenerator tokens,
      IdSource ids) {
    this.lifetimes = lifetimes;
    this.sessions = sessions;
    this.spentTokens = spentTokens;
    this.tokens = tokens;
    this.ids = ids;
  }

  /** What comes of an attempt in which no fault was found before. */
  RedemptionOutcome make(
      Transaction tx, RedemptionAttempt attempt, VerifiedClaims claims, Instant now)
      throws SQLException {
    String sessionId = attempt.spent().map(SpentToken::sessionId).orElseGet(ids::nextUuid);
    // A challenge is made for one token, and used up when that is spent: if it is used, so is the
    // token, and what is left to say is on what.
    boolean unused =
        attempt.proof() == null
            || DeviceProofVerifier.spendChallenge(tx, attempt.proof().challenge(), sessionId, now);
    String nonce = SpentTokenQuery.key(claims);
    if (unused
        && attempt.spent().isEmpty()
        && SpentNonces.spend(tx, nonce, sessionId, now, claims.expiresAt().plus(NONCE_KEPT))) {
      return open(tx, sessionId, attempt.proof(), claims, now);
    }
    Optional<SpentToken> spent = spentTokens.find(tx.statements(), nonce, now);
    return unused && spent.filter(s -> attempt.canRepeat(s, now)).isPresent()
        ? repeat(tx, spent.get(), now)
        : refused(spent);
  }

  private RedemptionOutcome open(
      Transaction tx, String sessionId, DeviceProof proof, VerifiedClaims claims, Instant now)
      throws SQLException {
    SessionEntity row = new SessionEntity();
    row.sessionId = sessionId;
    row.profile = claims.profile();
    row.deviceLabel = claims.deviceLabel();
    row.deviceKey = proof == null ? null : proof.key().value();
    row.issuedAt = now.toEpochMilli();
    row.expiresAt = lifetimes.expiry(now).toEpochMilli();
    SessionToken token = tokens.next();
    sessions.insert(tx, TokenHash.of(token).hex(), row);
    SetupCodeStatus code = setupCode(tx, claims, sessionId);
    if (code != null) {
      String detail = AuditLabels.of(sessionId, code.deviceLabel());
      AuditTrail.append(
          tx, now, Actor.COMPANION, AuditAction.SETUP_REDEEMED, null, detail, code.setupId());
    }
    note(tx, row, AuditAction.SESSION_OPENED, now);
    return new RedemptionOutcome.Opened(token, row.toSession(), code);
  }

  private static SetupCodeStatus setupCode(Transaction tx, VerifiedClaims claims, String sessionId)
      throws SQLException {
    return SqlRows.one(
            tx.statements(),
            SETUP_CODE,
            row ->
                new SetupCodeStatus(
                    row.getString(1),
                    SetupCodeState.REDEEMED,
                    row.getString(2),
                    Instant.ofEpochMilli(row.getLong(3)),
                    sessionId),
            SpentTokenQuery.key(claims))
        .orElse(null);
  }

  private RedemptionOutcome repeat(Transaction tx, SpentToken spent, Instant now)
      throws SQLException {
    SessionToken token = tokens.next();
    Optional<SessionEntity> row =
        sessions.repeat(tx, spent.sessionId(), TokenHash.of(token).hex(), now);
    if (row.isEmpty()) {
      return refused(Optional.of(spent));
    }
    note(tx, row.get(), AuditAction.SESSION_REPEATED, now);
    return new RedemptionOutcome.Repeated(token, row.get().toSession());
  }

  private static void note(Transaction tx, SessionEntity row, AuditAction action, Instant now)
      throws SQLException {
    String detail = AuditLabels.of(row.sessionId, row.deviceLabel);
    AuditTrail.append(tx, now, Actor.COMPANION, action, null, detail, row.sessionId);
  }

  private static RedemptionOutcome refused(Optional<SpentToken> spent) {
    return new RedemptionOutcome.Refused(
        spent.map(SpentToken::refusal).orElse(RedemptionResult.SPENT), spent.orElse(null));
  }
}
