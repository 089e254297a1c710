package dev.nexo.pairing.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.AuditEntry;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.DeviceChallenge;
import dev.nexo.pairing.companion.DeviceKey;
import dev.nexo.pairing.companion.DeviceProof;
import dev.nexo.pairing.companion.LiveSession;
import dev.nexo.pairing.companion.PairingSession;
import dev.nexo.pairing.companion.PairingSessionStore;
import dev.nexo.pairing.companion.Redemption;
import dev.nexo.pairing.companion.RedemptionResult;
import dev.nexo.pairing.companion.SessionChanges;
import dev.nexo.pairing.companion.SessionEnd;
import dev.nexo.pairing.companion.SessionToken;
import dev.nexo.pairing.companion.SetupCodeIssuer;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sessions in memory, with the default settings; {@link PairingSessionContract} says what they
 * do.
 */
final class MemorySessions implements PairingSessionStore {

  private static final Duration LIFETIME = Duration.ofHours(24);
  private static final Duration MAX_LIFETIME = Duration.ofDays(30);
  private static final Duration REPEATABLE = Duration.ofSeconds(30);
  private static final int TOKEN_BYTES = 32;

  /** What comes before the 32 bytes of an Ed25519 key in its X.509 form (RFC 8410, section 4). */
  private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final Set<String> CHANGES =
      Stream.of(
              AuditAction.SESSION_REPEATED,
              AuditAction.SESSION_ROTATED,
              AuditAction.SESSION_RENEWED,
              AuditAction.SESSION_REVOKED,
              AuditAction.SIGNED_OUT)
          .map(AuditAction::wireName)
          .collect(Collectors.toSet());

  private record Row(PairingSession session, String tokenSha256, DeviceKey key) {}

  private record Issued(Instant expiresAt, String deviceLabel) {}

  private record Spent(String sessionId, Instant at) {}

  /** A challenge that was not answered yet. */
  private record Open(String token, Instant expiresAt) {}

  private final PairingRows rows;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Row> sessions = new HashMap<>();
  private final Map<String, Issued> issued = new HashMap<>();
  private final Map<String, Spent> spent = new HashMap<>();
  private final Map<DeviceChallenge, Open> challenges = new HashMap<>();

  MemorySessions(PairingRows rows) {
    this.rows = rows;
  }

  private <T> T call(Function<Instant, T> work) {
    synchronized (rows) {
      return work.apply(rows.begin().truncatedTo(ChronoUnit.MILLIS));
    }
  }

  /** Issues a bootstrap token, which can be redeemed once. */
  BootstrapToken issue(Duration lifetime, String deviceLabel) {
    return call(
        now -> {
          String token = "kit." + randomText();
          issued.put(token, new Issued(now.plus(lifetime), deviceLabel));
          return new BootstrapToken(token);
        });
  }

  private String randomText() {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hash(SessionToken token) {
    return HexFormat.of().formatHex(sha256(token.value()));
  }

  private Optional<Row> live(SessionToken token, Instant now) {
    String hash = hash(token);
    return sessions.values().stream()
        .filter(row -> row.tokenSha256().equals(hash) && isLive(row.session(), now))
        .findFirst();
  }

  private static boolean isLive(PairingSession session, Instant now) {
    return session.expiresAt().isAfter(now);
  }

  /** Stores a session with another token, use or expiry; a null keeps the old value. */
  private Row put(Row row, String tokenSha256, Instant seenAt, Instant expiresAt) {
    PairingSession old = row.session();
    PairingSession session =
        new PairingSession(
            old.sessionId(),
            old.profile(),
            old.deviceLabel(),
            old.issuedAt(),
            expiresAt == null ? old.expiresAt() : expiresAt,
            seenAt == null ? old.lastSeenAt() : seenAt,
            old.deviceKey());
    Row changed =
        new Row(session, tokenSha256 == null ? row.tokenSha256() : tokenSha256, row.key());
    sessions.put(old.sessionId(), changed);
    return changed;
  }

  private void log(Instant now, Actor by, AuditAction action, PairingSession session) {
    String label = session.deviceLabel() == null ? "" : ' ' + session.deviceLabel();
    rows.log(now, by, action, null, session.sessionId() + label, session.sessionId());
  }

  /** Records a use, at most once a minute. */
  private void used(Row row, Instant now) {
    Instant seen = row.session().lastSeenAt();
    if (seen == null || !now.isBefore(seen.plus(Duration.ofMinutes(1)))) {
      put(row, null, now, null);
    }
  }

  @Override
  public Optional<PairingSession> find(SessionToken token) {
    return call(
        now -> {
          Optional<Row> row = live(token, now);
          row.ifPresent(found -> used(found, now));
          return row.map(Row::session);
        });
  }

  private DeviceChallenge newChallenge(String token, Instant now) {
    DeviceChallenge challenge = new DeviceChallenge(randomText());
    challenges.put(challenge, new Open(token, now.plusSeconds(DeviceChallenge.LIFETIME_SECONDS)));
    return challenge;
  }

  @Override
  public Optional<DeviceChallenge> challenge(BootstrapToken token) {
    return call(
        now -> {
          Issued code = issued.get(token.value());
          Spent use = spent.get(token.value());
          boolean redeemable =
              use == null
                  ? code != null && now.isBefore(code.expiresAt())
                  : isRepeatable(use, now) && sessions.get(use.sessionId()).key() != null;
          return redeemable ? Optional.of(newChallenge(token.value(), now)) : Optional.empty();
        });
  }

  private boolean isRepeatable(Spent use, Instant now) {
    Row row = sessions.get(use.sessionId());
    return row != null
        && isLive(row.session(), now)
        && !now.isBefore(use.at())
        && now.isBefore(use.at().plus(REPEATABLE));
  }

  @Override
  public Optional<DeviceChallenge> challenge(SessionToken token) {
    return call(
        now ->
            live(token, now)
                .filter(row -> row.key() != null)
                .map(row -> newChallenge(token.value(), now)));
  }

  @Override
  public DeviceChallenge blindChallenge(BootstrapToken token) {
    return call(now -> newChallenge(token.value(), now));
  }

  @Override
  public DeviceChallenge blindChallenge(SessionToken token) {
    return call(now -> newChallenge(token.value(), now));
  }

  /** Returns whether a proof is valid for a token. */
  private boolean proves(DeviceProof proof, String token, Instant now) {
    if (proof == null || proof.key() == null || proof.challenge() == null) {
      return false;
    }
    Open open = challenges.get(proof.challenge());
    return open != null
        && open.token().equals(token)
        && now.isBefore(open.expiresAt())
        && isSigned(proof, token);
  }

  private static boolean isSigned(DeviceProof proof, String token) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes("nexo-pairing/v1\0".getBytes(US_ASCII));
    message.writeBytes(Base64.getUrlDecoder().decode(proof.challenge().value()));
    message.write(0);
    message.writeBytes(sha256(token));
    ByteArrayOutputStream key = new ByteArrayOutputStream();
    key.writeBytes(X509);
    key.writeBytes(proof.key().bytes());
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(
          KeyFactory.getInstance("Ed25519")
              .generatePublic(new X509EncodedKeySpec(key.toByteArray())));
      signature.update(message.toByteArray());
      return signature.verify(Base64.getUrlDecoder().decode(proof.signature()));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public Redemption redeem(BootstrapToken token, DeviceProof proof) {
    return call(
        now -> {
          boolean proven = proves(proof, token.value(), now);
          Redemption redemption = new Redemption.Refused();
          RedemptionResult result = check(token.value(), proof, proven, now);
          if (result == RedemptionResult.OK) {
            redemption = open(token.value(), proof, now);
          } else if (result == RedemptionResult.REPEATED) {
            redemption = repeat(sessions.get(spent.get(token.value()).sessionId()), proof, now);
          }
          if (redemption instanceof Redemption.Opened opened && result == RedemptionResult.OK) {
            rows.fire(new PairingEvent.SessionOpened(opened.session()));
          }
          rows.fire(new PairingEvent.RedemptionTried(result));
          return redemption;
        });
  }

  private RedemptionResult check(String token, DeviceProof proof, boolean proven, Instant now) {
    Issued code = issued.get(token);
    if (code == null) {
      return RedemptionResult.INVALID_SIGNATURE;
    }
    Spent use = spent.get(token);
    if (use != null) {
      boolean repeat =
          proven
              && isRepeatable(use, now)
              && proof.key().equals(sessions.get(use.sessionId()).key());
      return repeat ? RedemptionResult.REPEATED : RedemptionResult.SPENT;
    }
    if (!now.isBefore(code.expiresAt())) {
      return RedemptionResult.EXPIRED;
    }
    return proof == null || proven ? RedemptionResult.OK : RedemptionResult.BAD_PROOF;
  }

  private Redemption open(String token, DeviceProof proof, Instant now) {
    PairingSession session =
        new PairingSession(
            UUID.randomUUID().toString(),
            SetupCodeIssuer.DEFAULT_PROFILE,
            issued.get(token).deviceLabel(),
            now,
            now.plus(LIFETIME),
            null,
            proof != null);
    SessionToken secret = new SessionToken(randomText());
    DeviceKey key = proof == null ? null : proof.key();
    sessions.put(session.sessionId(), new Row(session, hash(secret), key));
    spent.put(token, new Spent(session.sessionId(), now));
    spendChallenge(proof);
    log(now, Actor.COMPANION, AuditAction.SESSION_OPENED, session);
    return new Redemption.Opened(secret, session);
  }

  private Redemption repeat(Row row, DeviceProof proof, Instant now) {
    spendChallenge(proof);
    SessionToken secret = new SessionToken(randomText());
    Row changed = put(row, hash(secret), null, null);
    log(now, Actor.COMPANION, AuditAction.SESSION_REPEATED, changed.session());
    return new Redemption.Opened(secret, changed.session());
  }

  private void spendChallenge(DeviceProof proof) {
    if (proof != null) {
      challenges.remove(proof.challenge());
    }
  }

  /** Returns the live session of a token if the proof of its device key is valid. */
  private Optional<Row> proven(SessionToken token, DeviceProof proof, Instant now) {
    return live(token, now)
        .filter(
            row ->
                row.key() == null
                    || (proves(proof, token.value(), now) && row.key().equals(proof.key())));
  }

  private static Instant renewed(PairingSession session, Instant now) {
    Instant latest = session.issuedAt().plus(MAX_LIFETIME);
    Instant next = now.plus(LIFETIME).isBefore(latest) ? now.plus(LIFETIME) : latest;
    return next.isAfter(session.expiresAt()) ? next : session.expiresAt();
  }

  @Override
  public Redemption rotate(SessionToken token, DeviceProof proof) {
    return call(
        now -> {
          Optional<Row> row = proven(token, proof, now);
          if (row.isEmpty()) {
            return new Redemption.Refused();
          }
          spendChallenge(row.get().key() == null ? null : proof);
          SessionToken secret = new SessionToken(randomText());
          Row changed = put(row.get(), hash(secret), now, renewed(row.get().session(), now));
          log(now, Actor.COMPANION, AuditAction.SESSION_ROTATED, changed.session());
          return new Redemption.Opened(secret, changed.session());
        });
  }

  @Override
  public Optional<PairingSession> resume(SessionToken token, DeviceProof proof) {
    return call(
        now -> {
          Optional<Row> row = proven(token, proof, now);
          if (row.isEmpty()) {
            return Optional.empty();
          }
          PairingSession session = row.get().session();
          spendChallenge(row.get().key() == null ? null : proof);
          Instant expiresAt = renewed(session, now);
          boolean due =
              !expiresAt.isBefore(session.expiresAt().plus(LIFETIME.dividedBy(10)))
                  || (expiresAt.isAfter(session.expiresAt())
                      && expiresAt.equals(session.issuedAt().plus(MAX_LIFETIME)));
          Row changed = put(row.get(), null, now, due ? expiresAt : null);
          if (due) {
            log(now, Actor.COMPANION, AuditAction.SESSION_RENEWED, changed.session());
          }
          return Optional.of(changed.session());
        });
  }

  @Override
  public boolean hasEnded(String token) {
    return call(
        now -> {
          if (token.indexOf('.') >= 0) {
            Issued code = issued.get(token);
            return code != null && (spent.containsKey(token) || !now.isBefore(code.expiresAt()));
          }
          String hash = hash(new SessionToken(token));
          return sessions.values().stream()
              .anyMatch(row -> row.tokenSha256().equals(hash) && !isLive(row.session(), now));
        });
  }

  @Override
  public boolean signOut(SessionToken token) {
    return call(
        now ->
            end(
                live(token, now),
                Actor.COMPANION,
                AuditAction.SIGNED_OUT,
                SessionEnd.SIGNED_OUT,
                now));
  }

  @Override
  public boolean revoke(String sessionId, Actor by) {
    return call(
        now ->
            end(
                Optional.ofNullable(sessions.get(sessionId))
                    .filter(row -> isLive(row.session(), now)),
                by,
                AuditAction.SESSION_REVOKED,
                SessionEnd.REVOKED,
                now));
  }

  private boolean end(
      Optional<Row> row, Actor by, AuditAction action, SessionEnd reason, Instant now) {
    row.ifPresent(
        found -> {
          sessions.remove(found.session().sessionId());
          log(now, by, action, found.session());
          rows.fire(new PairingEvent.SessionEnded(found.session().sessionId(), reason));
        });
    return row.isPresent();
  }

  private Stream<PairingSession> live(Instant now) {
    return sessions.values().stream().map(Row::session).filter(session -> isLive(session, now));
  }

  @Override
  public Page<PairingSession> list(PageRequest page) {
    return call(
        now ->
            Paging.page(
                "sessions",
                live(now),
                session ->
                    Paging.descending(session.issuedAt().toEpochMilli()) + session.sessionId(),
                page));
  }

  @Override
  public Optional<PairingSession> byId(String sessionId) {
    return call(now -> live(now).filter(s -> s.sessionId().equals(sessionId)).findFirst());
  }

  @Override
  public long live() {
    return call(now -> live(now).count());
  }

  @Override
  public List<LiveSession> liveAmong(Set<String> sessionIds) {
    return call(
        now ->
            live(now)
                .map(PairingSession::sessionId)
                .filter(sessionIds::contains)
                .map(sessions::get)
                .map(row -> new LiveSession(row.session(), row.tokenSha256()))
                .toList());
  }

  @Override
  public void recordUse(Collection<PairingSession> used) {
    call(
        now -> {
          used.stream()
              .map(session -> sessions.get(session.sessionId()))
              .filter(row -> row != null && isLive(row.session(), now))
              .forEach(row -> used(row, now));
          return null;
        });
  }

  @Override
  public SessionChanges changesSince(long position) {
    return call(
        now -> {
          long newest = rows.audit.size();
          if (position < 0 || position > newest) {
            return new SessionChanges(newest, true, Set.of());
          }
          Set<String> changed =
              rows.audit.stream()
                  .filter(entry -> entry.id() > position && CHANGES.contains(entry.action()))
                  .map(AuditEntry::subject)
                  .collect(Collectors.toUnmodifiableSet());
          return new SessionChanges(newest, false, changed);
        });
  }
}
