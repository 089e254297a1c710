package dev.nexo.pairing.setupcode;

import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.codec.BootstrapTokens;
import dev.nexo.pairing.codec.SigningKey;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.SetupCode;
import dev.nexo.pairing.companion.SetupCodeIssuer;
import dev.nexo.pairing.companion.SigningKeyException;
import dev.nexo.pairing.companion.TokenCheck;
import dev.nexo.pairing.companion.TokenRejection;
import dev.nexo.pairing.config.SetupCodeSettings;
import dev.nexo.pairing.keys.KeyRing;
import dev.nexo.pairing.keys.KeySet;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.spi.TokenIssueListener;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Signs bootstrap tokens with the active key, and verifies them with all valid keys. */
@Component
class TokenIssuer implements SetupCodeIssuer {

  /** How often a code is signed if the key is replaced before the code is recorded. */
  private static final int MAX_TRIES = 3;

  private static final int NONCE_BYTES = 16;
  private static final Pattern PROFILE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final TokenCheck UNSIGNED =
      new TokenCheck.Refused(TokenRejection.INVALID_SIGNATURE);

  private final KeyRing ring;
  private final Clock clock;
  private final SecureRandom random;
  private final Duration defaultTtl;
  private final TokenIssueListener[] listeners;

  @Inject
  TokenIssuer(
      KeyRing ring,
      Clock clock,
      SecureRandom random,
      SetupCodeSettings settings,
      Instance<TokenIssueListener> listeners) {
    this.ring = ring;
    this.clock = clock;
    this.random = random;
    this.defaultTtl = settings.defaultTtl();
    this.listeners = listeners.stream().toArray(TokenIssueListener[]::new);
  }

  /**
   * A setup code with what its record needs.
   *
   * @param profile the requested profile, or the default
   * @param nonce the nonce of the token; never logged
   * @param fingerprint the fingerprint of the key that signed it
   */
  record Issued(SetupCode code, String profile, String nonce, String fingerprint) {

    /** Omits the nonce: anyone who has the nonce and the key can create the token. */
    @Override
    public String toString() {
      return "Issued[code=" + code + "]";
    }
  }

  @Override
  public SetupCode issue(String url, String profile, Duration ttl, String deviceLabel) {
    return issued(sign(url, profile, ttl, deviceLabel, true)).code();
  }

  /**
   * Issues a setup code that the caller records.
   *
   * @param record records the code and promises in the same transaction that the key verifies until
   *     the code expires; returns false if the key is no longer active
   * @throws SigningKeyException if the key was replaced before each of several tries
   */
  Issued issueRecorded(
      String url, String profile, Duration ttl, String deviceLabel, Predicate<Issued> record) {
    for (int i = 0; i < MAX_TRIES; i++) {
      Issued issued = sign(url, profile, ttl, deviceLabel, false);
      if (record.test(issued)) {
        return issued(issued);
      }
      ring.refresh();
    }
    throw KeyRing.replacedTooOften();
  }

  private Issued sign(
      String url, String profileOrNull, Duration ttlOrNull, String deviceLabel, boolean promised) {
    String profile = profileOrNull == null ? DEFAULT_PROFILE : profileOrNull;
    Duration ttl = ttlOrNull == null ? defaultTtl : ttlOrNull;
    check(url, profile, ttl, deviceLabel);
    // In whole seconds, rounded up: a fraction would make the QR code larger.
    long expiry = Math.floorDiv(clock.millis() + ttl.toMillis() + 999, 1_000L) * 1_000L;
    SigningKey key = promised ? ring.promised(expiry) : ring.signing();
    Instant expiresAt = Instant.ofEpochMilli(expiry);
    byte[] bytes = new byte[NONCE_BYTES];
    random.nextBytes(bytes);
    String nonce = HexFormat.of().formatHex(bytes);
    BootstrapToken token = BootstrapTokens.sign(key, profile, expiresAt, nonce, deviceLabel);
    return new Issued(new SetupCode(url, token, expiresAt), profile, nonce, key.fingerprint());
  }

  private Issued issued(Issued issued) {
    for (TokenIssueListener listener : listeners) {
      listener.issued(issued.profile());
    }
    return issued;
  }

  @Override
  public TokenCheck verify(BootstrapToken token) {
    Instant now = clock.instant();
    KeySet keys = ring.recent();
    TokenCheck check = BootstrapTokens.verify(token, keys.verifying(now), now);
    if (keys.problem() != null && UNSIGNED.equals(check)) {
      throw new SigningKeyException(keys.problem().sentence(), null);
    }
    return check;
  }

  private static void check(String url, String profile, Duration ttl, String deviceLabel) {
    if (url == null || url.isBlank()) {
      throw new InvalidValueException("url", "must not be blank");
    }
    if (!PROFILE.matcher(profile).matches()) {
      throw new InvalidValueException(
          "profile", "must be 1 to 64 characters of A-Z, a-z, 0-9, ., _ and -");
    }
    if (ttl.compareTo(MIN_TTL) < 0 || ttl.compareTo(MAX_TTL) > 0) {
      throw new InvalidValueException(
          "ttl_secs", "must be a whole number from 1 to " + MAX_TTL.toSeconds());
    }
    if (deviceLabel != null && !isLabel(deviceLabel)) {
      throw new InvalidValueException(
          "device_label",
          "must be at most " + MAX_DEVICE_LABEL + " characters without control characters");
    }
  }

  /** Refuses an unpaired surrogate as well, because it would be signed as a question mark. */
  private static boolean isLabel(String text) {
    return text.codePointCount(0, text.length()) <= MAX_DEVICE_LABEL
        && text.codePoints()
            .noneMatch(
                c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
  }
}
