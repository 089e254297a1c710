package dev.nexo.pairing.setupcode;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.CopiedText;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.companion.PublicUrlUnknownException;
import dev.nexo.pairing.config.GatewaySettings;
import dev.nexo.pairing.config.Policies;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the URL at which companions reach this server ({@code protocol.md#gateway-url}). The first
 * source that is set is used; if its URL is refused, no other source is tried. Thread-safe.
 */
@Component
class GatewayUrlResolver {

  /** The name of the source that is a file, which may be outdated. */
  static final String TUNNEL_FILE = "tunnel.url";

  private static final String REQUEST = "--public-url";
  private static final String CONFIGURED = "pairing.public_url";
  private static final String TUNNEL = "NEXO_TUNNEL_URL";

  /** The maximum number of accounts in {@link #remedies}. */
  private static final int MAX_ACCOUNTS = 100;

  private static final Comparator<ChannelAccount> ORDER =
      Comparator.comparing(ChannelAccount::channel).thenComparing(ChannelAccount::accountId);

  private final GatewaySettings settings;
  private final CleartextHosts cleartext;
  private final Policies policies;
  private final PairingStore store;

  @Inject
  GatewayUrlResolver(GatewaySettings settings, Policies policies, PairingStore store) {
    this.settings = settings;
    this.cleartext = new CleartextHosts(settings.cleartextAllow());
    this.policies = policies;
    this.store = store;
  }

  /**
   * A URL that companions can use.
   *
   * @param url the URL in the form that setup codes contain
   * @param source the name of its source
   */
  record Found(String url, String source) {}

  /**
   * Returns the URL for a setup code.
   *
   * @param requested the URL in the request, or null
   * @throws InvalidValueException if the URL is refused; the message names the source and the
   *     remedy
   * @throws PublicUrlUnknownException if no source is set
   * @throws dev.nexo.pairing.StorageUnavailableException if no source is set, and the database does
   *     not answer
   */
  Found find(String requested) {
    return found(requested, REQUEST, "public_url")
        .or(this::configured)
        .orElseThrow(() -> new PublicUrlUnknownException(remedies()));
  }

  /**
   * Returns the URL that this server is configured with, or empty if no source is set. The file of
   * the tunnel is read each time.
   *
   * @throws InvalidValueException if the URL is refused
   */
  Optional<Found> configured() {
    return found(settings.publicUrl().orElse(null), CONFIGURED, CONFIGURED)
        .or(() -> found(settings.tunnelUrl().orElse(null), TUNNEL, TUNNEL))
        .or(() -> found(firstLine(settings.tunnelUrlFile()), TUNNEL_FILE, TUNNEL_FILE));
  }

  /** Returns why a URL is refused, without the URL; empty if it is accepted. */
  Optional<String> refusal(String url) {
    try {
      GatewayUrl.of(url, cleartext);
      return Optional.empty();
    } catch (GatewayUrl.RefusedException e) {
      return Optional.of(e.getMessage());
    }
  }

  private Optional<Found> found(String url, String source, String field) {
    if (url == null || CopiedText.unquoted(url).isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Found(GatewayUrl.of(url, cleartext), source));
    } catch (GatewayUrl.RefusedException e) {
      throw new InvalidValueException(field, e.getMessage());
    }
  }

  /** Returns the first line of a file, or an empty string if there is no file. */
  private static String firstLine(Path file) {
    if (Files.notExists(file)) {
      return "";
    }
    try {
      if (!Files.isRegularFile(file)) {
        throw new IOException("not a regular file");
      }
      try (InputStream in = Files.newInputStream(file)) {
        // Longer than any URL, also in UTF-16, so that a URL that is cut off here is refused as too
        // long.
        byte[] start = in.readNBytes(8 * GatewayUrl.MAX_LENGTH);
        return CopiedText.decode(start).lines().findFirst().orElse("");
      }
    } catch (IOException e) {
      throw new InvalidValueException(
          TUNNEL_FILE,
          "must be a regular file that the server can read: "
              + file
              + "; delete it if it is unused");
    }
  }

  /**
   * Returns what an operator can do if no source is set, one line each: the settings for a URL,
   * then for every known account the command that admits a sender without a companion.
   */
  private List<String> remedies() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "for this code only: send public_url in the request, or run nexo-pair start --public-url"
            + " wss://nexo.example.com/pair");
    lines.add(
        "for all codes: set pairing.public_url in pairing.yaml, or PAIRING_PUBLIC_URL in the"
            + " environment");
    lines.add(
        "for a tunnel: set NEXO_TUNNEL_URL, or write its URL to the first line of"
            + " $NEXO_HOME/state/tunnel.url");
    Set<ChannelAccount> accounts = accounts();
    accounts.stream()
        .limit(MAX_ACCOUNTS)
        .map(a -> "nexo-pair seed " + a.channel() + " " + a.accountId() + " <sender>…")
        .forEach(lines::add);
    if (accounts.size() > MAX_ACCOUNTS) {
      lines.add("nexo-pair seed <channel> <account> <sender>… for the other accounts");
    }
    return lines;
  }

  /** Returns the known accounts, at least {@link #MAX_ACCOUNTS} + 1 if there are more. */
  private Set<ChannelAccount> accounts() {
    Set<ChannelAccount> accounts = new TreeSet<>(ORDER);
    accounts.addAll(policies.accounts());
    accounts.addAll(store.accounts(MAX_ACCOUNTS + 1));
    return accounts;
  }
}
