package dev.nexo.pairing.http.container;

import dev.nexo.pairing.internal.DoctorCheck;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.platform.Component;
import java.util.List;
import java.util.Optional;

/** Looks at who may reach this server, and whether in cleartext. Thread-safe. */
@Component
class ListenAddressCheck implements DoctorCheck {

  private static final String LISTEN = "listen";

  @Override
  public String name() {
    return LISTEN;
  }

  /** Finds nothing on a server whose endpoints have other names: they are not ours to judge. */
  @Override
  public List<Finding> examine() {
    Optional<ServerAddress.Endpoint> http = ServerAddress.http();
    return http.map(endpoint -> List.of(finding(endpoint, ServerAddress.https().isPresent())))
        .orElse(List.of());
  }

  /**
   * Judges where the server listens.
   *
   * @param http the endpoint without TLS
   * @param tls whether there is one with it, too
   */
  static Finding finding(ServerAddress.Endpoint http, boolean tls) {
    if (http.isLoopback()) {
      return Finding.ok(LISTEN, "Without TLS only this machine reaches the server.");
    }
    String everybody = "Other machines reach the server without TLS, on port " + http.port() + ".";
    if (tls) {
      return Finding.warning(
          LISTEN,
          everybody,
          "Leave HTTP_HOST at 127.0.0.1 and let them come by HTTPS, or close that port to them.");
    }
    return Finding.warning(
        LISTEN,
        everybody + " Passwords and codes can be read on the way.",
        "Set HTTPS_PORT, or leave HTTP_HOST at 127.0.0.1 and put a proxy with TLS in front.");
  }
}
