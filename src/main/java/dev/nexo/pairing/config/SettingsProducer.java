package dev.nexo.pairing.config;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Puts the settings together, each room's into a record of its own. */
@Component
final class SettingsProducer {

  private final EffectiveConfig config;

  @Inject
  SettingsProducer(EffectiveConfig config) {
    this.config = config;
  }

  @Produces
  @Singleton
  StorageSettings storage() {
    return new StorageSettings(
        path(Key.STORAGE_PATH, "data", "pairing.db"),
        text(Key.STORAGE_URL),
        text(Key.STORAGE_USERNAME),
        config.secret(Key.STORAGE_PASSWORD.path()),
        text(Key.STORAGE_JNDI));
  }

  @Produces
  @Singleton
  SetupCodeSettings setupCodes() {
    return new SetupCodeSettings(
        path(Key.SECRET_PATH, "secret", "pairing.key"),
        config.list(Key.PREVIOUS_SECRET_PATHS).stream().map(Texts::asPath).toList(),
        config.seconds(Key.DEFAULT_TTL).orElse(Duration.ofSeconds(60)));
  }

  @Produces
  @Singleton
  SessionSettings sessions() {
    return new SessionSettings(
        config.seconds(Key.SESSION_TTL).orElse(Duration.ofHours(24)),
        config.seconds(Key.SESSION_IDLE));
  }

  @Produces
  @Singleton
  GatewaySettings gateway() {
    return new GatewaySettings(
        text(Key.PUBLIC_URL),
        config.text("NEXO_TUNNEL_URL"),
        config.nexoHome().resolve("state").resolve("tunnel.url"),
        config.list(Key.CLEARTEXT_ALLOW));
  }

  @Produces
  @Singleton
  BrokerSettings broker() {
    return new BrokerSettings(
        text(Key.BROKER_URL),
        text(Key.BROKER_USERNAME),
        config.secret(Key.BROKER_PASSWORD.path()),
        config.secret(Key.BROKER_TOKEN.path()),
        config.path(Key.BROKER_NKEY),
        config.path(Key.BROKER_CREDENTIALS),
        new BrokerSettings.Tls(
            config.path(Key.BROKER_CA), config.path(Key.BROKER_CERT), config.path(Key.BROKER_KEY)));
  }

  @Produces
  @Singleton
  BusSettings bus() {
    return new BusSettings(
        config.flag(Key.BUS_SERVICE.path()).orElse(false), text(Key.BUS_FORWARD_PREFIX));
  }

  @Produces
  @Singleton
  AdapterSettings adapters() {
    return new AdapterSettings(new BrokerPrefixes(config).byChannel());
  }

  @Produces
  @Singleton
  SecuritySettings security() {
    return new SecuritySettings(
        text(Key.SECURITY_ACCOUNTS)
            .map(text -> SecuritySettings.Accounts.valueOf(text.toUpperCase(Locale.ROOT)))
            .orElse(SecuritySettings.Accounts.BUILTIN),
        config.secret(Key.OPERATOR_PASSWORD.path()),
        config.nexoHome().resolve("secret").resolve("operator.password"),
        config.list(Key.TRUSTED_PROXIES),
        text(Key.TRUSTED_HEADER).flatMap(TrustedHeader::parse),
        config.flag(Key.GUARD_SERVER_ENDPOINTS.path()).orElse(false));
  }

  private Optional<String> text(Key key) {
    return config.text(key.path());
  }

  private Path path(Key key, String directory, String file) {
    return config.path(key).orElseGet(() -> config.nexoHome().resolve(directory).resolve(file));
  }
}
