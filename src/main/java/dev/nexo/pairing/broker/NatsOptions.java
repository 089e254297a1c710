package dev.nexo.pairing.broker;

import dev.nexo.pairing.config.BrokerSettings;
import io.nats.client.AuthHandler;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The settings as the NATS library wants them. Files are read anew for every connection, so that
 * renewed certificates and credentials count without a restart.
 */
final class NatsOptions {

  private static final Duration PING_INTERVAL = Duration.ofSeconds(10);

  /** How long a connection attempt, and a confirmation, may take. */
  static final Duration TIMEOUT = Duration.ofSeconds(2);

  private static final String EXPECTED_URL =
      "pairing.broker.url: expected nats://host:4222 or tls://host:4222, several separated by"
          + " commas";

  private final BrokerSettings settings;
  private final List<String> servers;

  /**
   * Checks the settings.
   *
   * @throws IllegalStateException naming the key at fault and what is expected
   */
  NatsOptions(BrokerSettings settings) {
    this.settings = settings;
    this.servers =
        Arrays.stream(settings.url().orElse("").split(","))
            .map(String::strip)
            .filter(s -> !s.isEmpty())
            .map(NatsOptions::server)
            .toList();
    if (servers.isEmpty()) {
      throw new IllegalStateException(EXPECTED_URL);
    }
    checkLogin();
    try {
      builder();
    } catch (IllegalArgumentException e) {
      // Of the library's; it repeats the URL, and the password with it.
      throw new IllegalStateException(EXPECTED_URL);
    }
  }

  private static String server(String url) {
    String full = url.contains("://") ? url : "nats://" + url;
    URI uri;
    try {
      uri = new URI(full);
    } catch (URISyntaxException e) {
      // Neither the text nor the cause is repeated: there may be a password inside.
      throw new IllegalStateException(EXPECTED_URL);
    }
    boolean known = "nats".equals(uri.getScheme()) || "tls".equals(uri.getScheme());
    if (!known || uri.getRawAuthority() == null || !uri.getRawPath().isEmpty()) {
      throw new IllegalStateException(EXPECTED_URL);
    }
    return full;
  }

  private void checkLogin() {
    if (settings.username().isPresent() != settings.password().isPresent()) {
      throw new IllegalStateException(
          "pairing.broker.username and pairing.broker.password: expected both or neither");
    }
    long ways =
        Stream.of(
                settings.username(),
                settings.token(),
                settings.nkeySeedPath(),
                settings.credentialsPath())
            .filter(Optional::isPresent)
            .count();
    if (ways > 1) {
      throw new IllegalStateException(
          "pairing.broker: expected one of username with password, token, nkey_seed_path and"
              + " credentials_path, found "
              + ways);
    }
  }

  /**
   * What to connect with, but for the listeners.
   *
   * @throws IllegalStateException where a file cannot be read or is not what it should be
   */
  Options.Builder builder() {
    Options.Builder options =
        new Options.Builder()
            .servers(servers.toArray(String[]::new))
            .connectionName("nexo-pairing")
            .connectionTimeout(TIMEOUT)
            .pingInterval(PING_INTERVAL)
            // A lost connection is replaced by a new one, and the library's queue goes with it:
            // nothing unconfirmed can go out later behind the outbox's back.
            .maxReconnects(0)
            .reconnectBufferSize(0);
    if (isTls()) {
      // Unresolved, or the certificate would be compared with an address.
      options.sslContext(NatsTlsFiles.context(settings.tls())).noResolveHostnames();
    }
    settings.username().ifPresent(u -> options.userInfo(u, settings.password().orElseThrow()));
    settings.token().ifPresent(token -> options.token(token.toCharArray()));
    settings.nkeySeedPath().ifPresent(path -> options.authHandler(NkeyAuth.read(path)));
    settings.credentialsPath().ifPresent(path -> options.authHandler(credentials(path)));
    return options;
  }

  private boolean isTls() {
    BrokerSettings.Tls tls = settings.tls();
    return tls.caPath().isPresent()
        || tls.certPath().isPresent()
        || tls.keyPath().isPresent()
        || servers.stream().anyMatch(server -> server.startsWith("tls:"));
  }

  private static AuthHandler credentials(Path path) {
    if (!Files.isReadable(path)) {
      throw new IllegalStateException(
          "pairing.broker.credentials_path: cannot read the file " + path);
    }
    return Nats.credentials(path.toString());
  }

  /** The servers for the log, without user info. */
  String describe() {
    return servers.stream()
        .map(server -> URI.create(server).getRawAuthority())
        .map(authority -> authority.substring(authority.lastIndexOf('@') + 1))
        .collect(Collectors.joining(", "));
  }
}
