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

/** Signs with the key in force, and verifies with all that count. */
@Component
class TokenIssuer implements SetupCodeIssuer {

  private static final int NONCE_BYTES = 16;
  private static final int MAX_PROFILE = 64;
  private static final TokenCheck UNSIGNED =
      new TokenCheck.Refused(TokenRejection.INVALID_SIGNATURE);
  private static final HexFormat HEX = HexFormat.of();

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
   * What was issued, and what a record of it needs.
   *
   * @param profile the one asked for, or the default
   * @param nonce what the token is spent by; never logged
   * @param fingerprint of the key that signed it
   */
  record Issued(SetupCode code, String profile, String nonce, String fingerprint) {

    /** Leaves the nonce out: with the key it is the token. */
    @Override
    public String toString() {
      return "Issued[code=" + code + "]";
    }
  }

  @Override
  public SetupCode issue(String url, String profile, Duration ttl, String deviceLabel) {
    Issued issued = sign(url, profile, ttl, deviceLabel, true);
    tell(issued);
    return issued.code();
  }

  /**
   * The same for a code that is going to be recorded: whoever does that promises, in the same
   * transaction, that its key verifies until it expires, and afterwards tells of it.
   */
  Issued signed(String url, String profile, Duration ttl, String deviceLabel) {
    return sign(url, profile, ttl, deviceLabel, false);
  }

  private Issued sign(
      String url, String profileOrNull, Duration ttlOrNull, String deviceLabel, boolean promised) {
    String profile = profileOrNull == null ? DEFAULT_PROFILE : profileOrNull;
    Duration ttl = ttlOrNull == null ? defaultTtl : ttlOrNull;
    check(url, profile, ttl, deviceLabel);
    // Whole milliseconds, as the database keeps them.
    long expiry = clock.millis() + ttl.toMillis();
    SigningKey key = promised ? ring.promised(expiry) : ring.signing();
    Instant expiresAt = Instant.ofEpochMilli(expiry);
    String nonce = nonce();
    BootstrapToken token = BootstrapTokens.sign(key, profile, expiresAt, nonce, deviceLabel);
    return new Issued(new SetupCode(url, token, expiresAt), profile, nonce, key.fingerprint());
  }

  /** Tells of a token that is handed out now. */
  void tell(Issued issued) {
    for (TokenIssueListener listener : listeners) {
      listener.issued(issued.profile());
    }
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

  private String nonce() {
    byte[] bytes = new byte[NONCE_BYTES];
    random.nextBytes(bytes);
    return HEX.formatHex(bytes);
  }

  private static void check(String url, String profile, Duration ttl, String deviceLabel) {
    if (url == null || url.isBlank()) {
      throw new InvalidValueException("url", "must not be blank");
    }
    if (!isProfile(profile)) {
      throw new InvalidValueException(
          "profile", "must be 1 to 64 characters of A-Z, a-z, 0-9, dot, _ and -");
    }
    if (ttl.compareTo(MIN_TTL) < 0 || ttl.compareTo(MAX_TTL) > 0) {
      throw new InvalidValueException("ttl_secs", "must be from 1 to " + MAX_TTL.toSeconds());
    }
    if (deviceLabel != null && !isLabel(deviceLabel)) {
      throw new InvalidValueException(
          "device_label",
          "must be at most " + MAX_DEVICE_LABEL + " characters, none of them control characters");
    }
  }

  private static boolean isProfile(String text) {
    if (text.isEmpty() || text.length() > MAX_PROFILE) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && !(c >= '0' && c <= '9') && c != '.' && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLabel(String text) {
    int characters = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      // Half a surrogate pair is no character: it would be signed as a question mark.
      boolean half = Character.getType(c) == Character.SURROGATE;
      if (Character.isISOControl(c) || half || ++characters > MAX_DEVICE_LABEL) {
        return false;
      }
    }
    return true;
  }
}
