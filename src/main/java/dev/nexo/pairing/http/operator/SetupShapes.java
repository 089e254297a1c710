package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.KeyRotation;
import dev.nexo.pairing.PairingSession;
import dev.nexo.pairing.SetupCode;
import dev.nexo.pairing.SetupCodeStatus;
import dev.nexo.pairing.StartedSetup;
import dev.nexo.pairing.http.StrictJson;
import dev.nexo.pairing.http.operator.SetupCodeStarter.Started;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/** The contract's JSON for setup codes and sessions, as {@link Shapes} has it for senders. */
final class SetupShapes {

  private SetupShapes() {}

  static JsonObject started(Started started, SetupCodeCall call) {
    StartedSetup setup = started.setup();
    SetupCode code = setup.code();
    JsonObjectBuilder json =
        StrictJson.object()
            .add("setup_id", setup.setupId())
            .add("url", code.url())
            .add("url_source", setup.urlSource())
            .add("bootstrap_token", code.bootstrapToken().value());
    Shapes.add(json, "expires_at", code.expiresAt());
    json.add("payload", setup.payload());
    if (started.sent() != null) {
      json.add("sent", started.sent());
    }
    if (!call.forms().isEmpty()) {
      JsonObjectBuilder qr = StrictJson.object();
      call.forms()
          .forEach(form -> qr.add(form.word(), form.text(started.drawing(), call.inverted())));
      json.add("qr", qr);
    }
    return json.build();
  }

  static JsonObject status(SetupCodeStatus status) {
    JsonObjectBuilder json =
        StrictJson.object().add("setup_id", status.setupId()).add("state", status.state().word());
    Shapes.add(json, "device_label", status.deviceLabel());
    Shapes.add(json, "expires_at", status.expiresAt());
    Shapes.add(json, "session_id", status.sessionId());
    return json.build();
  }

  static JsonObject rotation(KeyRotation rotation) {
    JsonObjectBuilder json = StrictJson.object().add("fingerprint", rotation.fingerprint());
    Shapes.add(json, "still_valid_until", rotation.stillValidUntil());
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
    Shapes.add(json, "device_label", session.deviceLabel());
    Shapes.add(json, "issued_at", session.issuedAt());
    Shapes.add(json, "expires_at", session.expiresAt());
    Shapes.add(json, "last_seen_at", session.lastSeenAt());
    if (session.deviceKey()) {
      json.add("device_key", true);
    }
    return json;
  }
}
