package dev.nexo.pairing.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.DeviceChallenge;
import dev.nexo.pairing.companion.DeviceKey;
import dev.nexo.pairing.companion.DeviceProof;
import dev.nexo.pairing.companion.SessionToken;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;

/**
 * A companion with a device key of its own, which signs challenges as {@code protocol.md#sessions}
 * says. Thread-safe.
 */
public final class StubDevice {

  private final KeyPair keys;

  /** Creates a device with a new Ed25519 key. */
  public StubDevice() {
    try {
      keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the public key. */
  public DeviceKey key() {
    // The last 32 bytes of the X.509 form (RFC 8410, section 4).
    byte[] encoded = keys.getPublic().getEncoded();
    return new DeviceKey(b64(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
  }

  /** Signs a challenge together with the bootstrap token that it was requested for. */
  public DeviceProof proof(DeviceChallenge challenge, BootstrapToken token) {
    return proof(challenge, token.value());
  }

  /** Signs a challenge together with the session token that it was requested for. */
  public DeviceProof proof(DeviceChallenge challenge, SessionToken token) {
    return proof(challenge, token.value());
  }

  private DeviceProof proof(DeviceChallenge challenge, String token) {
    return new DeviceProof(key(), challenge, b64(sign(message(challenge, token))));
  }

  private static byte[] message(DeviceChallenge challenge, String token) {
    try {
      ByteArrayOutputStream message = new ByteArrayOutputStream();
      message.writeBytes("nexo-pairing/v1".getBytes(US_ASCII));
      message.write(0);
      message.writeBytes(Base64.getUrlDecoder().decode(challenge.value()));
      message.write(0);
      message.writeBytes(MessageDigest.getInstance("SHA-256").digest(token.getBytes(US_ASCII)));
      return message.toByteArray();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Signs any message. */
  public byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(keys.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String b64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
