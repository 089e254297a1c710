package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.companion.IssuedSetupCode;
import dev.nexo.pairing.companion.KeyRotation;
import dev.nexo.pairing.companion.PairingSession;
import dev.nexo.pairing.companion.SetupCode;
import dev.nexo.pairing.companion.SetupCodeStatus;
import dev.nexo.pairing.http.operator.SetupCodeService.Started;
import dev.nexo.pairing.json.StrictJson;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/** The contract's JSON for setup codes and sessions, as {@link OperatorJson} has it for senders. */
final class SetupCodeJson {

  private SetupCodeJson() {}

  static JsonObject started(Started started, SetupCodeBody call) {
    IssuedSetupCode setup = started.setup();
    SetupCode code = setup.code();
    JsonObjectBuilder json =
        StrictJson.object()
            .add("setup_id", setup.setupId())
            .add("url", code.url())
            .add("url_source", setup.urlSource())
            .add("bootstrap_token", code.bootstrapToken().value());
    OperatorJson.add(json, "expires_at", code.expiresAt());
    json.add("payload", setup.payload());
    if (started.sent() != null) {
      json.add("sent", started.sent());
    }
    if (!call.forms().isEmpty()) {
      JsonObjectBuilder qr = StrictJson.object();
      call.forms()
          .forEach(form -> qr.add(form.wireName(), form.text(started.drawing(), call.inverted())));
      json.add("qr", qr);
    }
    return json.build();
  }

  static JsonObject status(SetupCodeStatus status) {
    JsonObjectBuilder json =
        StrictJson.object()
            .add("setup_id", status.setupId())
            .add("state", status.state().wireName());
    OperatorJson.add(json, "device_label", status.deviceLabel());
    OperatorJson.add(json, "expires_at", status.expiresAt());
    OperatorJson.add(json, "session_id", status.sessionId());
    return json.build();
  }

  static JsonObject rotation(KeyRotation rotation) {
    JsonObjectBuilder json = StrictJson.object().add("fingerprint", rotation.fingerprint());
    OperatorJson.add(json, "still_valid_until", rotation.stillValidUntil());
    return json.build();
  }

  static JsonObject session(PairingSession session) {
    return sessionFields(session).build();
  }

  /** The same, with what has just become of it. */
  static JsonObject session(PairingSession session, String state) {
    return sessionFields(session).add("state", state).build();
  }

  private static JsonObjectBuilder sessionFields(PairingSession session) {
    JsonObjectBuilder json =
        StrictJson.object()
            .add("session_id", session.sessionId())
            .add("profile", session.profile());
    OperatorJson.add(json, "device_label", session.deviceLabel());
    OperatorJson.add(json, "issued_at", session.issuedAt());
    OperatorJson.add(json, "expires_at", session.expiresAt());
    OperatorJson.add(json, "last_seen_at", session.lastSeenAt());
    if (session.deviceKey()) {
      json.add("device_key", true);
    }
    return json;
  }
}
