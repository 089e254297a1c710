package dev.nexo.pairing.setupcode;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.PairingEvent.SetupCodeChanged;
import dev.nexo.pairing.codec.SetupCodes;
import dev.nexo.pairing.codec.Sha256;
import dev.nexo.pairing.companion.IssuedSetupCode;
import dev.nexo.pairing.companion.KeyRotation;
import dev.nexo.pairing.companion.SetupCodeRequest;
import dev.nexo.pairing.companion.SetupCodeState;
import dev.nexo.pairing.companion.SetupCodeStatus;
import dev.nexo.pairing.companion.SetupCodeStore;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.internal.StorageBudget;
import dev.nexo.pairing.keys.KeyRing;
import dev.nexo.pairing.keys.SigningKeyTable;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.IdSource;
import dev.nexo.pairing.store.AuditTrail;
import dev.nexo.pairing.store.PairingEvents;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.StatelessSession;

/** Stores setup codes in the database, with the hash of their nonce in place of the token. */
@Component
class DatabaseSetupCodeStore implements SetupCodeStore {

  private final GatewayUrlResolver urls;
  private final TokenIssuer issuer;
  private final KeyRing ring;
  private final Database database;
  private final PairingEvents events;
  private final IdSource ids;
  private final Clock clock;

  @Inject
  DatabaseSetupCodeStore(
      GatewayUrlResolver urls,
      TokenIssuer issuer,
      KeyRing ring,
      Database database,
      PairingEvents events,
      IdSource ids,
      Clock clock) {
    this.urls = urls;
    this.issuer = issuer;
    this.ring = ring;
    this.database = database;
    this.events = events;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public IssuedSetupCode start(SetupCodeRequest request, Actor by) {
    try (StorageBudget budget = StorageBudget.open()) {
      return issue(request, by);
    }
  }

  private IssuedSetupCode issue(SetupCodeRequest request, Actor by) {
    GatewayUrlResolver.Found url = urls.find(request.publicUrl());
    SetupCodeEntity row = new SetupCodeEntity();
    row.deviceLabel = request.deviceLabel();
    TokenIssuer.Issued issued =
        issuer.issueRecorded(
            url.url(),
            request.profile(),
            request.ttl(),
            request.deviceLabel(),
            signed -> {
              row.setupId = ids.nextUuid();
              row.nonceSha256 = Sha256.hex(signed.nonce());
              row.profile = signed.profile();
              row.issuedAt = clock.millis();
              row.expiresAt = signed.code().expiresAt().toEpochMilli();
              return database.write(tx -> insert(tx, row, signed.fingerprint(), by));
            });
    events.fire(new SetupCodeChanged(row.status(SetupCodeState.ISSUED, null)));
    return new IssuedSetupCode(
        row.setupId, issued.code(), url.source(), SetupCodes.encode(issued.code()));
  }

  /** Records a code unless its key was replaced: a replaced key verifies recorded codes only. */
  private static boolean insert(Transaction tx, SetupCodeEntity row, String fingerprint, Actor by)
      throws SQLException {
    if (!SigningKeyTable.promise(tx, fingerprint, row.expiresAt)) {
      return false;
    }
    tx.session().insert(row);
    AuditTrail.append(
        tx,
        Instant.ofEpochMilli(row.issuedAt),
        by,
        AuditAction.SETUP_ISSUED,
        null,
        row.label(),
        row.setupId);
    return true;
  }

  @Override
  public Optional<SetupCodeStatus> find(String setupId) {
    Instant now = clock.instant();
    return database.read(session -> row(session, setupId).map(found -> found.status(session, now)));
  }

  @Override
  public Optional<SetupCodeStatus> cancel(String setupId, Actor by) {
    Instant now = clock.instant();
    record Cancelled(Optional<SetupCodeStatus> status, boolean changed) {}
    Cancelled cancelled =
        database.write(
            tx -> {
              Optional<SetupCodeEntity> row = row(tx.session(), setupId);
              boolean changed = row.isPresent() && cancel(tx, row.get(), by, now);
              return new Cancelled(row.map(found -> found.status(tx.session(), now)), changed);
            });
    if (cancelled.changed()) {
      events.fire(new SetupCodeChanged(cancelled.status().orElseThrow()));
    }
    return cancelled.status();
  }

  /**
   * Spends the nonce without a session. If a companion redeems the code at the same time, only one
   * of the two succeeds.
   */
  private static boolean cancel(Transaction tx, SetupCodeEntity row, Actor by, Instant now)
      throws SQLException {
    if (!now.isBefore(row.expiry())
        || !SpentNonces.spend(tx, row.nonceSha256, null, now, row.expiry())) {
      return false;
    }
    AuditTrail.append(tx, now, by, AuditAction.SETUP_CANCELLED, null, row.label(), row.setupId);
    return true;
  }

  @Override
  public KeyRotation rotateKey(Actor by) {
    return ring.rotate(by);
  }

  private static Optional<SetupCodeEntity> row(StatelessSession session, String setupId) {
    return Optional.ofNullable(
        setupId == null ? null : (SetupCodeEntity) session.get(SetupCodeEntity.class, setupId));
  }
}
