package dev.nexo.pairing.setupcode;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.KeyRotation;
import dev.nexo.pairing.PairingNotice.SetupCodeChanged;
import dev.nexo.pairing.SetupCodeRequest;
import dev.nexo.pairing.SetupCodeStatus;
import dev.nexo.pairing.SetupCodeStore;
import dev.nexo.pairing.SetupState;
import dev.nexo.pairing.StartedSetup;
import dev.nexo.pairing.codec.SetupCodes;
import dev.nexo.pairing.codec.Sha256;
import dev.nexo.pairing.config.Component;
import dev.nexo.pairing.config.IdSource;
import dev.nexo.pairing.store.AuditTrail;
import dev.nexo.pairing.store.Database;
import dev.nexo.pairing.store.Notices;
import dev.nexo.pairing.store.Transaction;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.StatelessSession;

/** Setup codes in the database: of a code only the hash of its nonce is kept. */
@Component
class StoredSetupCodes implements SetupCodeStore {

  /** How often a code is signed anew because the key was replaced before it was recorded. */
  private static final int MAX_TRIES = 3;

  private final GatewayUrls urls;
  private final TokenIssuer issuer;
  private final KeyRing ring;
  private final Database database;
  private final Notices notices;
  private final IdSource ids;
  private final Clock clock;

  @Inject
  StoredSetupCodes(
      GatewayUrls urls,
      TokenIssuer issuer,
      KeyRing ring,
      Database database,
      Notices notices,
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
  public StartedSetup start(SetupCodeRequest request, Actor by) {
    GatewayUrls.Found url = urls.find(request.publicUrl());
    for (int i = 0; i < MAX_TRIES; i++) {
      TokenIssuer.Issued issued =
          issuer.signed(url.url(), request.profile(), request.ttl(), request.deviceLabel());
      String payload = SetupCodes.encode(issued.code());
      SetupCodeRow row = row(issued, request.deviceLabel());
      if (database.write(tx -> insert(tx, row, issued.fingerprint(), by))) {
        issuer.tell(issued);
        notices.fire(new SetupCodeChanged(row.status(SetupState.ISSUED, null)));
        return new StartedSetup(row.setupId, issued.code(), url.source(), payload);
      }
      ring.refresh();
    }
    throw KeyFaults.replacedAgain();
  }

  private SetupCodeRow row(TokenIssuer.Issued issued, String deviceLabel) {
    SetupCodeRow row = new SetupCodeRow();
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
  private static boolean insert(Transaction tx, SetupCodeRow row, String fingerprint, Actor by)
      throws SQLException {
    if (!SigningKeys.promise(tx, fingerprint, row.expiresAt)) {
      return false;
    }
    tx.session().insert(row);
    AuditTrail.append(
        tx, Instant.ofEpochMilli(row.issuedAt), by, "setup_issued", null, row.label(), row.setupId);
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
              Optional<SetupCodeRow> row = row(tx.session(), setupId);
              boolean changed = row.isPresent() && cancel(tx, row.get(), by, now);
              return new Cancelled(row.map(found -> found.status(tx.session(), now)), changed);
            });
    if (cancelled.changed()) {
      notices.fire(new SetupCodeChanged(cancelled.status().orElseThrow()));
    }
    return cancelled.status();
  }

  /** Spends the nonce on nothing: if a companion is as quick, the primary key picks one of them. */
  private static boolean cancel(Transaction tx, SetupCodeRow row, Actor by, Instant now)
      throws SQLException {
    if (!now.isBefore(row.expiry())
        || !SpentNonces.spend(tx, row.nonceSha256, null, now, row.expiry())) {
      return false;
    }
    AuditTrail.append(tx, now, by, "setup_cancelled", null, row.label(), row.setupId);
    return true;
  }

  @Override
  public KeyRotation rotateKey(Actor by) {
    return ring.rotate(by);
  }

  private static Optional<SetupCodeRow> row(StatelessSession session, String setupId) {
    return Optional.ofNullable(
        setupId == null ? null : (SetupCodeRow) session.get(SetupCodeRow.class, setupId));
  }
}
