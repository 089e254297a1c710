package dev.nexo.pairing.setupcode;

import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.companion.PublicUrlUnknownException;
import dev.nexo.pairing.config.GatewaySettings;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where companions find this server (contract, section 7): the first source that says anything is
 * the one that counts, right or wrong. Thread-safe.
 */
@Component
class GatewayUrls {

  private static final String REQUEST = "--public-url";
  private static final String CONFIGURED = "pairing.public_url";
  private static final String TUNNEL = "NEXO_TUNNEL_URL";

  /** The source that is a file, which may grow old. */
  static final String TUNNEL_FILE = "tunnel.url";

  private final GatewaySettings settings;
  private final CleartextHosts cleartext;
  private final PublicUrlHelp remedies;

  @Inject
  GatewayUrls(GatewaySettings settings, PublicUrlHelp remedies) {
    this.settings = settings;
    this.cleartext = new CleartextHosts(settings.cleartextAllow());
    this.remedies = remedies;
  }

  /**
   * A URL that companions can use.
   *
   * @param url in its one form
   * @param source the name of what said so
   */
  record Found(String url, String source) {}

  /**
   * Finds it; the tunnel's file is read each time.
   *
   * @param requested what the request says, or null
   * @throws InvalidValueException where the one that counts is refused; names its source, and the
   *     way out
   * @throws PublicUrlUnknownException where nobody says anything
   * @throws dev.nexo.pairing.StorageUnavailableException where the database is needed for the ways
   *     out, and does not answer
   */
  Found find(String requested) {
    if (isSaid(requested)) {
      return found(requested, REQUEST, "public_url");
    }
    return configured().orElseThrow(() -> new PublicUrlUnknownException(remedies.lines()));
  }

  /**
   * What is found where the request says nothing; empty where nobody says anything.
   *
   * @throws InvalidValueException where the one that counts is refused
   */
  Optional<Found> configured() {
    String configured = settings.publicUrl().orElse(null);
    if (isSaid(configured)) {
      return Optional.of(found(configured, CONFIGURED, CONFIGURED));
    }
    String tunnel = settings.tunnelUrl().orElse(null);
    if (isSaid(tunnel)) {
      return Optional.of(found(tunnel, TUNNEL, TUNNEL));
    }
    String line = firstLine(settings.tunnelUrlFile());
    return isSaid(line) ? Optional.of(found(line, TUNNEL_FILE, TUNNEL_FILE)) : Optional.empty();
  }

  /** Why a URL would be refused, without the URL; empty where it would not. */
  Optional<String> fault(String text) {
    try {
      GatewayUrl.of(text, cleartext);
      return Optional.empty();
    } catch (GatewayUrl.RefusedException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static boolean isSaid(String text) {
    return text != null && !text.isBlank();
  }

  private Found found(String text, String source, String field) {
    try {
      return new Found(GatewayUrl.of(text, cleartext), source);
    } catch (GatewayUrl.RefusedException e) {
      throw new InvalidValueException(field, e.getMessage());
    }
  }

  /** Empty where there is no file. */
  private static String firstLine(Path file) {
    if (Files.notExists(file)) {
      return "";
    }
    try {
      if (!Files.isRegularFile(file)) {
        throw new IOException("not a regular file");
      }
      byte[] start;
      try (InputStream in = Files.newInputStream(file)) {
        // More than a URL can have, so that one cut off here is too long, not another one.
        start = in.readNBytes(2 * GatewayUrl.MAX_LENGTH);
      }
      return new String(start, StandardCharsets.UTF_8).lines().findFirst().orElse("");
    } catch (IOException e) {
      throw new InvalidValueException(
          TUNNEL_FILE, "must be a file that the server can read: " + file + ", or not be there");
    }
  }
}
