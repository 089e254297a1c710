package dev.nexo.pairing.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.address.TrustedProxies;
import dev.nexo.pairing.internal.OperatorCredential;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.IdSource;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Starts the package in a container, with a configuration file named by a system property. */
@DisplayName("Deployment validator")
class DeploymentValidatorTest {

  private final Logger logger = Logger.getLogger("dev.nexo.pairing.config");
  private final List<LogRecord> lines = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void stopListening() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
    System.clearProperty("PAIRING_CONFIG");
    ConfigProviderResolver.instance().releaseConfig(ConfigProvider.getConfig());
  }

  /** The login of a server. */
  @Component
  static class Login implements OperatorCredential {
    @Override
    public Optional<String> latestDigest() {
      return Optional.empty();
    }
  }

  private static WeldContainer start(String yaml) {
    return start(yaml, Login.class);
  }

  private static WeldContainer start(String yaml, Class<?>... more) {
    ConfigProviderResolver.instance().releaseConfig(ConfigProvider.getConfig());
    System.setProperty(
        "PAIRING_CONFIG", Given.file(yaml.getBytes(StandardCharsets.UTF_8)).toString());
    return new Weld()
        .disableDiscovery()
        .addExtension(new DeploymentValidator())
        .addPackages(false, Component.class, DeploymentValidator.class, TrustedProxies.class)
        .addBeanClasses(more)
        .initialize();
  }

  @Test
  @DisplayName("Every settings record can be injected")
  void injects() throws Exception {
    ScheduledExecutorService executor;
    try (WeldContainer container = start("pairing: {policy: {auto_challenge: true}}")) {
      assertThat(lines).isEmpty();
      for (Class<?> type :
          List.of(
              StorageSettings.class,
              SetupCodeSettings.class,
              SessionSettings.class,
              GatewaySettings.class,
              BrokerSettings.class,
              BusSettings.class,
              AdapterSettings.class,
              SecuritySettings.class,
              ChannelAccounts.class,
              SecureRandom.class)) {
        assertThat(container.select(type).get()).isNotNull();
      }
      assertThat(container.select(Policies.class).get().autoChallenge(new ChannelAccount("a", "b")))
          .isTrue();
      assertThat(container.select(Clock.class).get().getZone()).isEqualTo(ZoneOffset.UTC);
      assertThat(container.select(IdSource.class).get().nextUuid()).hasSize(36);
      executor = container.select(ScheduledExecutorService.class).get();
      assertThat(executor).isSameAs(container.select(ScheduledExecutorService.class).get());
      ScheduledFuture<Boolean> daemon =
          executor.schedule(() -> Thread.currentThread().isDaemon(), 0, TimeUnit.SECONDS);
      assertThat(daemon.get(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(executor.isShutdown()).isTrue();
  }

  @Test
  @DisplayName("One line warns that everyone is admitted")
  void admitsEveryone() {
    try (WeldContainer container = start("pairing:")) {
      assertThat(lines).hasSize(1);
      assertThat(lines.get(0).getLevel()).isEqualTo(Level.WARNING);
      assertThat(lines.get(0).getMessage())
          .contains("pairing.policy.auto_challenge: true", "PAIRING_POLICY_AUTO_CHALLENGE=true");
    }
  }

  @Test
  @DisplayName("An embedded module does not claim that everyone is admitted")
  void embedded() {
    try (WeldContainer container = start("pairing:", new Class<?>[0])) {
      assertThat(lines).hasSize(1);
      assertThat(lines.get(0).getMessage()).startsWith("NXP-0123 ");
    }
  }

  @Test
  @DisplayName("An invalid configuration prevents the start and is logged once")
  void badConfiguration() {
    assertThatThrownBy(() -> start("pairing: {bus: {servce: true}}"))
        .hasStackTraceContaining(
            "pairing.bus.servce: unknown key; did you mean pairing.bus.service?")
        .hasMessageContaining("invalid configuration")
        .hasMessageNotContaining("pairing.bus.servce");
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0).getLevel()).isEqualTo(Level.SEVERE);
    assertThat(lines.get(0).getMessage()).contains("NXP-0001", ": pairing.bus.servce: ");
  }
}
