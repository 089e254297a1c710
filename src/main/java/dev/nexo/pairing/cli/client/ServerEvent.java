package dev.nexo.pairing.cli.client;

import jakarta.json.JsonObject;

/**
 * An event of the server.
 *
 * @param id the position after which a stream continues, or null
 * @param name the kind, such as {@code pending}
 * @param data the request, sender, code or session that changed
 */
public record ServerEvent(String id, String name, JsonObject data) {}
