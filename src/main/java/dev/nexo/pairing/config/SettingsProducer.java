package dev.nexo.pairing.config;

import dev.nexo.pairing.address.AddressBlock;
import dev.nexo.pairing.address.ProxySettings;
import dev.nexo.pairing.address.TrustedHeader;
import dev.nexo.pairing.platform.Component;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/** Produces the settings as one record for each package that uses them. */
@Component
final class SettingsProducer {

  private final EffectiveConfig config;

  @Inject
  SettingsProducer(EffectiveConfig config) {
    this.config = config;
  }

  @Produces
  @Singleton
  static EffectiveConfig effective() {
    return ConfigurationValidator.validated();
  }

  @Produces
  @Singleton
  StorageSettings storage() {
    return new StorageSettings(
        path(SettingKey.STORAGE_PATH, "data", "pairing.db"),
        text(SettingKey.STORAGE_URL),
        text(SettingKey.STORAGE_USERNAME),
        config.secret(SettingKey.STORAGE_PASSWORD.path()),
        text(SettingKey.STORAGE_JNDI));
  }

  @Produces
  @Singleton
  SetupCodeSettings setupCodes() {
    return new SetupCodeSettings(
        path(SettingKey.SECRET_PATH, "secret", "pairing.key"),
        config.list(SettingKey.PREVIOUS_SECRET_PATHS).stream().map(TextRules::asPath).toList(),
        config.seconds(SettingKey.DEFAULT_TTL).orElse(Duration.ofSeconds(60)));
  }

  @Produces
  @Singleton
  SessionSettings sessions() {
    Duration ttl = config.seconds(SettingKey.SESSION_TTL).orElse(Duration.ofHours(24));
    Duration month = Duration.ofDays(30);
    return new SessionSettings(
        ttl,
        config.seconds(SettingKey.SESSION_IDLE),
        config.seconds(SettingKey.SESSION_MAX).orElse(ttl.compareTo(month) > 0 ? ttl : month));
  }

  @Produces
  @Singleton
  GatewaySettings gateway() {
    return new GatewaySettings(
        text(SettingKey.PUBLIC_URL),
        config.text("NEXO_TUNNEL_URL"),
        config.nexoHome().resolve("state").resolve("tunnel.url"),
        config.list(SettingKey.CLEARTEXT_ALLOW));
  }

  @Produces
  @Singleton
  PushSettings push() {
    return new PushSettings(
        config.flag(SettingKey.NOTIFY_WEB_PUSH.path()).orElse(true),
        config.list(SettingKey.NOTIFY_PUSH_ORIGINS).stream().map(URI::create).toList());
  }

  @Produces
  @Singleton
  NoticeSettings notices() {
    return new NoticeSettings(
        text(SettingKey.NOTIFY_QUIET_HOURS)
            .flatMap(text -> QuietHours.parse(text, ZoneId.systemDefault())));
  }

  @Produces
  @Singleton
  WebhookSettings webhook() {
    return new WebhookSettings(
        text(SettingKey.NOTIFY_WEBHOOK_URL).map(URI::create),
        config.secret(SettingKey.NOTIFY_WEBHOOK_SECRET.path()));
  }

  @Produces
  @Singleton
  OwnerChatSettings ownerChat() {
    return new OwnerChatSettings(config.flag(SettingKey.NOTIFY_OWNER_CHAT.path()).orElse(false));
  }

  @Produces
  @Singleton
  BrokerSettings broker() {
    return new BrokerSettings(
        text(SettingKey.BROKER_URL),
        text(SettingKey.BROKER_USERNAME),
        config.secret(SettingKey.BROKER_PASSWORD.path()),
        config.secret(SettingKey.BROKER_TOKEN.path()),
        config.path(SettingKey.BROKER_NKEY),
        config.path(SettingKey.BROKER_CREDENTIALS),
        new BrokerSettings.Tls(
            config.path(SettingKey.BROKER_CA),
            config.path(SettingKey.BROKER_CERT),
            config.path(SettingKey.BROKER_KEY)));
  }

  @Produces
  @Singleton
  BusSettings bus() {
    return new BusSettings(
        config.flag(SettingKey.BUS_SERVICE.path()).orElse(false),
        text(SettingKey.BUS_FORWARD_PREFIX));
  }

  @Produces
  @Singleton
  AdapterSettings adapters() {
    return new AdapterSettings(config.adapterPrefixes());
  }

  @Produces
  @Singleton
  SecuritySettings security() {
    return new SecuritySettings(
        text(SettingKey.SECURITY_ACCOUNTS)
            .map(text -> SecuritySettings.Accounts.valueOf(text.toUpperCase(Locale.ROOT)))
            .orElse(SecuritySettings.Accounts.BUILTIN),
        config.secret(SettingKey.OPERATOR_PASSWORD.path()),
        config.nexoHome().resolve("secret").resolve("operator.password"),
        config.flag(SettingKey.GUARD_SERVER_ENDPOINTS.path()).orElse(false));
  }

  /** Not produced as a bean, because it can change: {@link LiveSettings}. */
  ProxySettings proxies() {
    return new ProxySettings(
        config.list(SettingKey.TRUSTED_PROXIES).stream()
            .flatMap(text -> AddressBlock.parse(text).stream())
            .toList(),
        text(SettingKey.TRUSTED_HEADER).flatMap(TrustedHeader::parse));
  }

  private Optional<String> text(SettingKey key) {
    return config.text(key.path());
  }

  private Path path(SettingKey key, String directory, String file) {
    return config.path(key).orElseGet(() -> config.nexoHome().resolve(directory).resolve(file));
  }
}
