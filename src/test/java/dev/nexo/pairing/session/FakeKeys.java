package dev.nexo.pairing.session;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.nexo.pairing.companion.SigningKeyException;
import dev.nexo.pairing.keys.KeyedMac;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals with a fixed key, as all servers of one database do.
 *
 * @param key the key, or empty: as on a server that has none yet
 */
record FakeKeys(String key) implements KeyedMac {

  @Override
  public byte[] mac(byte[] message) {
    if (key.isEmpty()) {
      throw new SigningKeyException("There is no key yet", null);
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(US_ASCII), "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public boolean matches(byte[] message, byte[] mac) {
    return !key.isEmpty()
        && mac.length >= 16
        && MessageDigest.isEqual(Arrays.copyOf(mac(message), mac.length), mac);
  }
}
