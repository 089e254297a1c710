package dev.nexo.pairing.http.fake;

import dev.nexo.pairing.address.AddressBlock;
import dev.nexo.pairing.address.ProxySettings;
import dev.nexo.pairing.config.AccountPolicy;
import dev.nexo.pairing.config.ChannelAccounts;
import dev.nexo.pairing.config.Policies;
import dev.nexo.pairing.config.SecuritySettings;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.IdSource;
import dev.nexo.pairing.testing.FixedPolicies;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;

/**
 * Accounts for tests. This machine is a trusted proxy, so that a test can come from any address.
 * Accounts are the server's where the archive says so by a file {@code server-accounts}.
 */
@Component
public class FakeSettings {

  /** The operator's password. */
  public static final String PASSWORD = "a-password-of-the-operator";

  /** The password of the channel account {@code telegram}. */
  public static final String CHANNEL_PASSWORD = "a-password-of-telegram";

  @Produces
  @Singleton
  SecuritySettings security() {
    boolean server = getClass().getResource("/server-accounts") != null;
    return new SecuritySettings(
        server ? SecuritySettings.Accounts.SERVER : SecuritySettings.Accounts.BUILTIN,
        Optional.of(PASSWORD),
        Path.of("operator.password"),
        false);
  }

  @Produces
  @Singleton
  ProxySettings.Source proxies() {
    ProxySettings proxies =
        new ProxySettings(AddressBlock.parse("127.0.0.1").stream().toList(), Optional.empty());
    return () -> proxies;
  }

  @Produces
  @Singleton
  ChannelAccounts channels() {
    return name -> Optional.ofNullable(Map.of("telegram", CHANNEL_PASSWORD).get(name));
  }

  @Produces
  @Singleton
  Policies policies() {
    return new FixedPolicies(AccountPolicy.CHALLENGE);
  }

  @Produces
  @Singleton
  IdSource ids() {
    return () -> "0b9f4b2e-3c1c-4c3f-9d5a-6a1f0c5e7d10";
  }

  @Produces
  @Singleton
  SecureRandom random() {
    return new SecureRandom();
  }
}
