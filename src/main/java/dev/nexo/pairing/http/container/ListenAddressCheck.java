package dev.nexo.pairing.http.container;

import dev.nexo.pairing.internal.DoctorCheck;
import dev.nexo.pairing.internal.DoctorMessage;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.platform.Component;
import java.util.List;
import java.util.Optional;

/** Checks whether other machines can reach this server without TLS. Thread-safe. */
@Component
class ListenAddressCheck implements DoctorCheck {

  private static final String LISTEN = "listen";

  @Override
  public String name() {
    return LISTEN;
  }

  /** Returns no finding if the server's endpoints do not have the default names. */
  @Override
  public List<Finding> examine() {
    Optional<ServerAddress.Endpoint> http = ServerAddress.http();
    return http.map(endpoint -> List.of(finding(endpoint, ServerAddress.https().isPresent())))
        .orElse(List.of());
  }

  /**
   * Reports who can reach the server without TLS.
   *
   * @param http the endpoint without TLS
   * @param tls whether there is also an endpoint with TLS
   */
  static Finding finding(ServerAddress.Endpoint http, boolean tls) {
    if (http.isLoopback()) {
      return Finding.ok(LISTEN, "Only this machine can reach the server without TLS.");
    }
    DoctorMessage message = tls ? DoctorMessage.CLEARTEXT_BESIDE_TLS : DoctorMessage.CLEARTEXT_ONLY;
    return message.finding(LISTEN, http.port());
  }
}
