package dev.nexo.pairing.session;

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

/** A companion that has a key, written after the contract and not after the code. */
final class Device {

  private final KeyPair keys;

  Device() {
    try {
      keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The last 32 bytes of the key's X.509 form (RFC 8410, section 4). */
  DeviceKey key() {
    byte[] encoded = keys.getPublic().getEncoded();
    return new DeviceKey(b64(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
  }

  DeviceProof proof(DeviceChallenge challenge, BootstrapToken token) {
    return proof(challenge, token.value());
  }

  DeviceProof proof(DeviceChallenge challenge, SessionToken token) {
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

  byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(keys.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String b64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
