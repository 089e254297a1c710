package dev.nexo.pairing.broker;

import dev.nexo.pairing.config.BrokerSettings;
import io.nats.client.AuthHandler;
import io.nats.client.NKey;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Converts the broker settings to options of the NATS library. Files are read again for every
 * connection, so that renewed certificates and credentials become effective without a restart.
 */
final class NatsOptions {

  private static final Duration PING_INTERVAL = Duration.ofSeconds(10);

  /** The timeout of a connection attempt and of a confirmation. */
  static final Duration TIMEOUT = Duration.ofSeconds(2);

  /**
   * The longest line about a message that the library accepts before it closes the connection, in
   * bytes. NATS adds a number to the line of the publisher, which may have 4,096.
   */
  private static final int MAX_CONTROL_LINE = 64 << 10;

  private static final String NKEY = "pairing.broker.nkey_seed_path";

  private final BrokerSettings settings;
  private final List<String> servers;

  /**
   * Validates the settings and reads the files once, so that an invalid file fails the start.
   *
   * @param settings validated, with a URL
   * @throws IllegalStateException naming the invalid configuration key and the file
   */
  NatsOptions(BrokerSettings settings) {
    this.settings = settings;
    this.servers =
        Arrays.stream(settings.url().orElseThrow().split(","))
            .map(url -> withLowerCaseScheme(url.strip()))
            .toList();
    try {
      builder();
    } catch (IllegalArgumentException e) {
      // The library's message contains the URL with its password.
      throw new IllegalStateException("pairing.broker.url: not a URL that NATS accepts");
    }
  }

  /** Lower-cases a URL's scheme, because the library accepts lower case only. */
  private static String withLowerCaseScheme(String url) {
    int end = url.indexOf(':');
    return url.substring(0, end).toLowerCase(Locale.ROOT) + url.substring(end);
  }

  /**
   * Builds the connection options, without listeners.
   *
   * @throws IllegalStateException if a file cannot be read or has invalid contents
   */
  Options.Builder builder() {
    Options.Builder options =
        new Options.Builder()
            .servers(servers.toArray(String[]::new))
            .connectionName("nexo-pairing")
            .connectionTimeout(TIMEOUT)
            .pingInterval(PING_INTERVAL)
            .dataPortType(dataPort())
            .maxControlLine(MAX_CONTROL_LINE)
            // No reconnection: a new connection has an empty queue, so that the library never
            // sends an unconfirmed message that the outbox sends again.
            .maxReconnects(0)
            .reconnectBufferSize(0);
    if (isTls()) {
      // Unresolved, because the certificate must match the host name and not its IP address.
      options.sslContext(NatsTlsFiles.context(settings.tls())).noResolveHostnames();
    }
    settings.username().ifPresent(u -> options.userInfo(u, settings.password().orElseThrow()));
    settings.token().ifPresent(token -> options.token(token.toCharArray()));
    settings.nkeySeedPath().ifPresent(path -> options.authHandler(nkey(path)));
    settings.credentialsPath().ifPresent(path -> options.authHandler(credentials(path)));
    return options;
  }

  /** Returns the name of the data port, which the library's own class loader has to find. */
  private static String dataPort() {
    String name = NatsDataPort.class.getName();
    try {
      Class.forName(name, false, Options.class.getClassLoader());
      return name;
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "jnats cannot find the classes of nexo-pairing. Put both jars into the same directory",
          e);
    }
  }

  private boolean isTls() {
    BrokerSettings.Tls tls = settings.tls();
    return Stream.of(tls.caPath(), tls.certPath(), tls.keyPath()).anyMatch(Optional::isPresent)
        || servers.stream().anyMatch(server -> server.startsWith("tls:"));
  }

  private static AuthHandler credentials(Path path) {
    if (!Files.isReadable(path)) {
      throw new IllegalStateException(
          "pairing.broker.credentials_path: cannot read the file " + path);
    }
    return Nats.credentials(path.toString());
  }

  /**
   * Reads an nkey seed: the first line that starts with {@code SU}, because the {@code nk} tool may
   * also write comments.
   *
   * @throws IllegalStateException if the file cannot be read or contains no user seed
   */
  static AuthHandler nkey(Path path) {
    try (Stream<String> lines = Files.lines(path)) {
      char[] seed =
          lines
              .map(String::strip)
              .filter(l -> l.startsWith("SU"))
              .findFirst()
              .orElse("")
              .toCharArray();
      NKey.fromSeed(seed).clear();
      return Nats.staticCredentials(null, seed);
    } catch (IOException | UncheckedIOException e) {
      throw new IllegalStateException(NKEY + ": cannot read the file " + path, e);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(NKEY + ": expected an nkey user seed (SU…) in " + path);
    }
  }

  /** The servers as text for the log, without credentials. */
  String describe() {
    return servers.stream()
        .map(server -> URI.create(server).getRawAuthority())
        .map(authority -> authority.substring(authority.lastIndexOf('@') + 1))
        .collect(Collectors.joining(", "));
  }
}
