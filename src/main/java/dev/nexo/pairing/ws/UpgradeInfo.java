package dev.nexo.pairing.ws;

import dev.nexo.pairing.companion.BootstrapToken;
import java.util.Optional;

/**
 * What the upgrade said of a connection.
 *
 * @param address the peer's IP address, behind trusted proxies; {@code page/} in front of it where
 *     a page in a browser came
 * @param bearer the token, where it came as {@code Authorization: Bearer}
 * @param keep whether the peer wants to stay connected
 */
record UpgradeInfo(String address, Optional<BootstrapToken> bearer, boolean keep) {}
