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
 * The settings as the NATS library takes them. Files are read again for every connection, so that
 * renewed certificates and credentials become effective without a restart.
 */
final class NatsOptions {

  private static final Duration PING_INTERVAL = Duration.ofSeconds(10);

  /** How long a connection attempt, and a confirmation, may take. */
  static final Duration TIMEOUT = Duration.ofSeconds(2);

  private static final String NKEY = "pairing.broker.nkey_seed_path";

  private final BrokerSettings settings;
  private final List<String> servers;

  /**
   * Reads the files once, so that a mistake in them stops the start.
   *
   * @param settings validated, with a URL
   * @throws IllegalStateException naming the key at fault and the file
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
      // The library's message repeats the URL, and the password in it.
      throw new IllegalStateException("pairing.broker.url: not a URL that NATS accepts");
    }
  }

  /** The library knows its schemes in lower case only. */
  private static String withLowerCaseScheme(String url) {
    int end = url.indexOf(':');
    return url.substring(0, end).toLowerCase(Locale.ROOT) + url.substring(end);
  }

  /**
   * What to connect with, but for the listeners.
   *
   * @throws IllegalStateException if a file cannot be read or is not what it should be
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
    settings.nkeySeedPath().ifPresent(path -> options.authHandler(nkey(path)));
    settings.credentialsPath().ifPresent(path -> options.authHandler(credentials(path)));
    return options;
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
   * write comments too.
   *
   * @throws IllegalStateException if there is no such file, or no user's seed in it
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

  /** The servers for the log, without user info. */
  String describe() {
    return servers.stream()
        .map(server -> URI.create(server).getRawAuthority())
        .map(authority -> authority.substring(authority.lastIndexOf('@') + 1))
        .collect(Collectors.joining(", "));
  }
}
