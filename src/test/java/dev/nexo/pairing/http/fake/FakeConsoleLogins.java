package dev.nexo.pairing.http.fake;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.internal.ConsoleLogin;
import dev.nexo.pairing.internal.ConsoleLogins;
import dev.nexo.pairing.platform.Component;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Logins in memory, none of which expires. */
@Component
public class FakeConsoleLogins implements ConsoleLogins {

  /** For the cookie that has the SHA-256 of this, the database is away. */
  public static final String STORAGE_DOWN = "S".repeat(43);

  private static final Instant AT = Instant.parse("2026-11-01T12:00:00Z");

  private final Map<String, ConsoleLogin> logins = new ConcurrentHashMap<>();

  /** The tokens' digests. */
  public Map<String, ConsoleLogin> all() {
    return logins;
  }

  @Override
  public ConsoleLogin open(String tokenSha256, String passwordMac, Actor by) {
    ConsoleLogin login = new ConsoleLogin(by.name(), AT, AT.plus(LIFETIME), passwordMac);
    logins.put(tokenSha256, login);
    return login;
  }

  @Override
  public Optional<ConsoleLogin> find(String tokenSha256) {
    if (tokenSha256.equals(STORAGE_DOWN_SHA256)) {
      throw new StorageUnavailableException("jdbc:secret is away", null);
    }
    return Optional.ofNullable(logins.get(tokenSha256));
  }

  /** {@code printf 'SSS…' | sha256sum}. */
  private static final String STORAGE_DOWN_SHA256 =
      "b0679324228c35931acdfa8a487f94873c05094138a477994a5bdba6d6c24a56";

  @Override
  public boolean end(String tokenSha256, Actor by) {
    return logins.remove(tokenSha256) != null;
  }
}
