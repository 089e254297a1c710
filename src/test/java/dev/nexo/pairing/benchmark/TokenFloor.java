package dev.nexo.pairing.benchmark;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Bootstrap tokens with the JDK alone and no more care than it takes to get them through: no
 * escaping, no strictness, one Mac that is one thread's.
 */
public final class TokenFloor {

  private static final String EXPIRES_AT = "\"expires_at\":\"";

  private final SecureRandom random = new SecureRandom();
  private final Mac mac;

  public TokenFloor(byte[] key) {
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** 16 random bytes as 32 hexadecimal digits. */
  public String nonce() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Signs a token with a nonce of its own. */
  public String issue(String profile, Instant expiresAt, String deviceLabel) {
    String json =
        "{\"profile\":\""
            + profile
            + "\","
            + EXPIRES_AT
            + expiresAt
            + "\",\"nonce\":\""
            + nonce()
            + "\",\"device_label\":\""
            + deviceLabel
            + "\"}";
    byte[] claims = json.getBytes(StandardCharsets.UTF_8);
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    return encoder.encodeToString(claims) + '.' + encoder.encodeToString(mac.doFinal(claims));
  }

  /** Whether the signature is right and the expiry to come. */
  public boolean verify(String token, Instant now) {
    int dot = token.indexOf('.');
    Base64.Decoder decoder = Base64.getUrlDecoder();
    byte[] claims = decoder.decode(token.substring(0, dot));
    byte[] signature = decoder.decode(token.substring(dot + 1));
    if (!MessageDigest.isEqual(mac.doFinal(claims), signature)) {
      return false;
    }
    String json = new String(claims, StandardCharsets.UTF_8);
    int start = json.indexOf(EXPIRES_AT) + EXPIRES_AT.length();
    return now.isBefore(Instant.parse(json.substring(start, json.indexOf('"', start))));
  }
}
