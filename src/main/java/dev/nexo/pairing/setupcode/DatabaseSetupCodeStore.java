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

/** Setup codes in the database: of a code only the hash of its nonce is kept. */
@Component
class DatabaseSetupCodeStore implements SetupCodeStore {

  /** How often a code is signed anew because the key was replaced before it was recorded. */
  private static final int MAX_TRIES = 3;

  private final GatewayUrls urls;
  private final TokenIssuer issuer;
  private final KeyRing ring;
  private final Database database;
  private final PairingEvents notices;
  private final IdSource ids;
  private final Clock clock;

  @Inject
  DatabaseSetupCodeStore(
      GatewayUrls urls,
      TokenIssuer issuer,
      KeyRing ring,
      Database database,
      PairingEvents notices,
      IdSource ids,
      Clock clock) {
    this.urls = urls;
    this.issuer = issuer;
    this.ring = ring;
    this.database = database;
    this.notices = notices;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public IssuedSetupCode start(SetupCodeRequest request, Actor by) {
    GatewayUrls.Found url = urls.find(request.publicUrl());
    for (int i = 0; i < MAX_TRIES; i++) {
      TokenIssuer.Issued issued =
          issuer.signed(url.url(), request.profile(), request.ttl(), request.deviceLabel());
      String payload = SetupCodes.encode(issued.code());
      SetupCodeEntity row = row(issued, request.deviceLabel());
      if (database.write(tx -> insert(tx, row, issued.fingerprint(), by))) {
        issuer.tell(issued);
        notices.fire(new SetupCodeChanged(row.status(SetupCodeState.ISSUED, null)));
        return new IssuedSetupCode(row.setupId, issued.code(), url.source(), payload);
      }
      ring.refresh();
    }
    throw KeyRing.replacedTooOften();
  }

  private SetupCodeEntity row(TokenIssuer.Issued issued, String deviceLabel) {
    SetupCodeEntity row = new SetupCodeEntity();
    row.setupId = ids.nextUuid();
    row.nonceSha256 = Sha256.hex(issued.nonce());
    row.profile = issued.profile();
    row.deviceLabel = deviceLabel;
    row.issuedAt = clock.millis();
    row.expiresAt = issued.code().expiresAt().toEpochMilli();
    return row;
  }

  /**
   * Whoever replaces a key lets it verify until the last code under it has run out: none may be
   * recorded afterwards.
   */
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
      notices.fire(new SetupCodeChanged(cancelled.status().orElseThrow()));
    }
    return cancelled.status();
  }

  /** Spends the nonce on nothing: if a companion is as quick, the primary key picks one of them. */
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
