package dev.nexo.pairing.config;

import java.util.Optional;

/**
 * When operators are notified of new requests.
 *
 * @param quietHours {@code pairing.notify.quiet_hours}: in these hours they are not told; empty:
 *     always
 */
public record NoticeSettings(Optional<QuietHours> quietHours) {}
