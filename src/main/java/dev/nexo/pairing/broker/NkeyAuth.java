package dev.nexo.pairing.broker;

import io.nats.client.AuthHandler;
import io.nats.client.NKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;

/** Logs in by signing the server's nonce with an nkey seed. */
final class NkeyAuth implements AuthHandler {

  private static final String KEY = "pairing.broker.nkey_seed_path";

  private final char[] seed;

  private NkeyAuth(char[] seed) {
    this.seed = seed;
  }

  /**
   * Reads a seed from its file: the first line that starts with {@code SU}, so that a file of the
   * {@code nk} tool's with remarks in it will do.
   *
   * @throws IllegalStateException where there is no such file, or no user's seed in it
   */
  static NkeyAuth read(Path path) {
    List<String> lines;
    try {
      lines = Files.readAllLines(path);
    } catch (IOException e) {
      throw new IllegalStateException(KEY + ": cannot read the file " + path, e);
    }
    NkeyAuth login =
        lines.stream()
            .map(String::strip)
            .filter(line -> line.startsWith("SU"))
            .findFirst()
            .map(line -> new NkeyAuth(line.toCharArray()))
            .orElseThrow(() -> notASeed(path));
    try {
      login.getID();
    } catch (IllegalArgumentException e) {
      throw notASeed(path);
    }
    return login;
  }

  private static IllegalStateException notASeed(Path path) {
    return new IllegalStateException(KEY + ": expected an nkey user seed (SU…) in " + path);
  }

  @Override
  public byte[] sign(byte[] nonce) {
    NKey key = NKey.fromSeed(seed);
    try {
      return key.sign(nonce);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("The nkey does not sign", e);
    } finally {
      key.clear();
    }
  }

  @Override
  public char[] getID() {
    NKey key = NKey.fromSeed(seed);
    try {
      return key.getPublicKey();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("Not a seed", e);
    } finally {
      key.clear();
    }
  }

  @Override
  public char[] getJWT() {
    return new char[0];
  }
}
