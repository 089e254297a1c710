package dev.nexo.pairing.setupcode;

import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.config.GatewaySettings;
import dev.nexo.pairing.internal.DoctorCheck;
import dev.nexo.pairing.internal.DoctorMessage;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks the public URL: which source it comes from, whether it is accepted, and whether a server
 * answers there. Thread-safe.
 */
@Component
class PublicUrlCheck implements DoctorCheck {

  private static final String URL = "public_url";
  private static final String TUNNEL = "tunnel_url";

  /**
   * An older tunnel file gives a warning: tunnels without a fixed name get another URL at every
   * start.
   */
  private static final Duration OLD = Duration.ofHours(24);

  private final GatewayUrlResolver urls;
  private final GatewaySettings settings;
  private final PublicUrlProbe probe;
  private final Clock clock;

  @Inject
  PublicUrlCheck(
      GatewayUrlResolver urls, GatewaySettings settings, PublicUrlProbe probe, Clock clock) {
    this.urls = urls;
    this.settings = settings;
    this.probe = probe;
    this.clock = clock;
  }

  @Override
  public String name() {
    return URL;
  }

  @Override
  public List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    shadowedTunnel().ifPresent(findings::add);
    try {
      urls.configured()
          .ifPresentOrElse(found -> examine(found, findings), () -> findings.add(unknown()));
    } catch (InvalidValueException e) {
      findings.add(DoctorMessage.PUBLIC_URL_REFUSED.finding(URL, e.field(), e.getMessage()));
    }
    return findings;
  }

  private void examine(GatewayUrlResolver.Found found, List<Finding> findings) {
    findings.add(
        Finding.ok(URL, "Setup codes contain " + shown(found) + " (" + found.source() + ")."));
    if (found.source().equals(GatewayUrlResolver.TUNNEL_FILE)) {
      findings.add(age(settings.tunnelUrlFile()));
    }
    findings.add(probe.examine(found.url()));
  }

  /** Returns the URL without its query, because the query of some tunnels contains a key. */
  private static String shown(GatewayUrlResolver.Found found) {
    int query = found.url().indexOf('?');
    return query < 0 ? found.url() : found.url().substring(0, query + 1) + "…";
  }

  private static Finding unknown() {
    return DoctorMessage.PUBLIC_URL_UNKNOWN.finding(URL);
  }

  /**
   * Returns a warning if the tunnel's URL is refused and another one is configured: as soon as the
   * configured URL is removed, the tunnel's is used.
   */
  private Optional<Finding> shadowedTunnel() {
    boolean shadowed = settings.publicUrl().filter(url -> !url.isBlank()).isPresent();
    return settings
        .tunnelUrl()
        .filter(url -> shadowed && !url.isBlank())
        .flatMap(urls::refusal)
        .map(refusal -> DoctorMessage.TUNNEL_URL_REFUSED.finding(TUNNEL, refusal));
  }

  private Finding age(Path file) {
    try {
      Instant written = Files.getLastModifiedTime(file).toInstant();
      Duration age = Duration.between(written, clock.instant());
      if (age.compareTo(OLD) <= 0) {
        return Finding.ok(TUNNEL, file + " was written within the last 24 hours.");
      }
      return DoctorMessage.TUNNEL_FILE_OLD.finding(TUNNEL, file, age.toHours());
    } catch (IOException e) {
      return DoctorMessage.TUNNEL_FILE_UNREADABLE.finding(
          TUNNEL, file, e.getClass().getSimpleName());
    }
  }
}
