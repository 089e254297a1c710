package dev.nexo.pairing.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The URLs at which companions reach this server. The first of the three that is set has
 * precedence. Whether cleartext is allowed to its host is checked later.
 *
 * @param publicUrl {@code pairing.public_url}
 * @param tunnelUrl {@code NEXO_TUNNEL_URL}, not validated
 * @param tunnelUrlFile the file whose first line is a tunnel's URL: {@code
 *     $NEXO_HOME/state/tunnel.url}; it may be missing, and it may change while the server runs
 * @param cleartextAllow {@code pairing.ws_cleartext_allow}: hosts to which {@code ws:} may be used;
 *     default none
 */
public record GatewaySettings(
    Optional<String> publicUrl,
    Optional<String> tunnelUrl,
    Path tunnelUrlFile,
    List<String> cleartextAllow) {}
