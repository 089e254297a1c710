package dev.nexo.pairing.push;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.zerodeplibs.webpush.VAPIDKeyPair;
import com.zerodeplibs.webpush.VAPIDKeyPairs;
import com.zerodeplibs.webpush.jwt.VAPIDJWTParam;
import com.zerodeplibs.webpush.key.PrivateKeySources;
import com.zerodeplibs.webpush.key.PublicKeySources;
import dev.nexo.pairing.codec.SigningKey;
import dev.nexo.pairing.companion.SigningKeyException;
import dev.nexo.pairing.keys.KeyRing;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The key pair by which push services and browsers recognize this server (VAPID, RFC 8292). It is
 * derived from the signing key, so that all servers of a database have it, and no further file is
 * needed. A new signing key ends all subscriptions. Thread-safe.
 */
@Component
class PushKey {

  /** Push services accept at most 24 hours. */
  private static final Duration LIFETIME = Duration.ofHours(12);

  /** A key pair and the signing key that it was derived from. */
  private record Derived(SigningKey from, VAPIDKeyPair pair) {}

  private final KeyRing keys;
  private final Clock clock;
  private volatile Derived last;

  @Inject
  PushKey(KeyRing keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * Returns the public key, an uncompressed point in base64url.
   *
   * @throws SigningKeyException if this server does not have the active signing key
   */
  String publicKey() {
    return current().pair().extractPublicKeyInUncompressedFormAsString();
  }

  /**
   * Returns the header {@code Authorization} for a message to a push service.
   *
   * @param contact the subject of the token (RFC 8292, section 2.1)
   * @throws SigningKeyException if this server does not have the active signing key
   */
  String authorization(URI endpoint, Optional<String> contact) {
    VAPIDJWTParam.Builder token =
        VAPIDJWTParam.getBuilder()
            .resourceURLString(endpoint.toString())
            .expirationTime(clock.instant().plus(LIFETIME));
    contact.ifPresent(token::subject);
    return current().pair().generateAuthorizationHeaderValue(token.build());
  }

  /**
   * Returns what binds a subscription to the signing key and to the operator's password: another
   * value means that one of them has changed.
   *
   * @param credential the digest of the password
   * @throws SigningKeyException if this server does not have the active signing key
   */
  String bond(String subscription, Optional<String> credential) {
    return HexFormat.of()
        .formatHex(
            mac(keys.signing(), "web push subscription\n" + subscription + "\n" + credential));
  }

  private Derived current() {
    SigningKey key = keys.signing();
    Derived known = last;
    if (known == null || !known.from().fingerprint().equals(key.fingerprint())) {
      known = new Derived(key, derive(key));
      last = known;
    }
    return known;
  }

  private static VAPIDKeyPair derive(SigningKey key) {
    // 64 bytes, so that the remainder is uniform (FIPS 186-5, A.2.1).
    ByteBuffer bytes = ByteBuffer.allocate(64);
    bytes.put(mac(key, "web push key 1")).put(mac(key, "web push key 2"));
    P256KeyPair pair = P256KeyPair.of(new BigInteger(1, bytes.array()));
    return VAPIDKeyPairs.of(
        PrivateKeySources.ofECPrivateKey(pair.privateKey()),
        PublicKeySources.ofECPublicKey(pair.publicKey()));
  }

  private static byte[] mac(SigningKey key, String purpose) {
    return key.mac(purpose.getBytes(US_ASCII));
  }
}
