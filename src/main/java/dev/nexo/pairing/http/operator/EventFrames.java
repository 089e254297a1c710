package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.AuditEntry;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.companion.PairingSessionStore;
import dev.nexo.pairing.companion.SetupCodeStore;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.lang.System.Logger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Creates the event-stream frames for lines of the audit trail ({@code
 * http-api.md#explain-audit-and-events}). A frame contains the object in the same form as the other
 * calls return it, in its current state and not in that at the time of the line. Thread-safe.
 */
@Component
class EventFrames {

  private static final Logger LOG = System.getLogger(EventFrames.class.getName());

  private final PairingStore store;
  private final SetupCodeStore setupCodes;
  private final PairingSessionStore sessions;

  @Inject
  EventFrames(PairingStore store, SetupCodeStore setupCodes, PairingSessionStore sessions) {
    this.store = store;
    this.setupCodes = setupCodes;
    this.sessions = sessions;
  }

  /** Returns the first frame of a stream: the delay of a reconnection, and the position. */
  static String greeting(long position) {
    return "retry: 2000\nid: " + position + "\n\n";
  }

  /** Returns the frame after which clients must reload, because too many lines were missed. */
  static String reset(long position) {
    return frame(position, "reset", StrictJson.object().build());
  }

  /**
   * Returns the frame for a line.
   *
   * @return empty if the line is not an event, or its object no longer exists
   * @throws StorageUnavailableException if the database is needed and does not respond
   */
  Optional<String> of(AuditEntry line) {
    return AuditAction.of(line.action()).flatMap(action -> frame(action, line));
  }

  private Optional<String> frame(AuditAction action, AuditEntry line) {
    try {
      return switch (action) {
        case CHALLENGED, RESTORED ->
            subject(line)
                .flatMap(store::pending)
                .map(r -> frame(line, "pending", OperatorJson.pending(r)));
        case APPROVED, DENIED, REVOKED -> Optional.of(frame(line, line.action(), decided(line)));
        case BLOCKED -> Optional.of(frame(line, "blocked", blocked(line)));
        case SETUP_ISSUED, SETUP_REDEEMED, SETUP_CANCELLED, SETUP_EXPIRED ->
            subject(line)
                .flatMap(setupCodes::find)
                .map(code -> frame(line, "setup_code", OperatorJson.setupCode(code)));
        case SESSION_OPENED -> session(line, "opened");
        case SESSION_REPEATED, SESSION_ROTATED -> session(line, "rotated");
        case SESSION_RENEWED -> session(line, "renewed");
        case SESSION_REVOKED, SIGNED_OUT ->
            subject(line).map(id -> frame(line, "session", ended(id)));
        default -> Optional.empty();
      };
    } catch (StorageUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      // One row that cannot be shown must not hold up what comes after it for ever.
      LogMessage.EVENT_NOT_SENT.log(LOG, e, line.id());
      return Optional.empty();
    }
  }

  private static Optional<String> subject(AuditEntry line) {
    return Optional.ofNullable(line.subject());
  }

  private static JsonObject decided(AuditEntry line) {
    JsonObjectBuilder json = StrictJson.object();
    OperatorJson.add(json, line.sender());
    // Whole seconds, as in the rows and the other calls.
    Instant at = line.at().truncatedTo(ChronoUnit.SECONDS);
    OperatorJson.add(json, line.action() + "_at", at);
    return json.build();
  }

  private static JsonObject blocked(AuditEntry line) {
    JsonObjectBuilder json = StrictJson.object();
    OperatorJson.add(json, line.sender());
    OperatorJson.add(json, "blocked_at", line.at());
    OperatorJson.add(json, "reason", line.detail());
    return json.build();
  }

  private Optional<String> session(AuditEntry line, String state) {
    return subject(line)
        .map(
            id ->
                sessions
                    .byId(id)
                    .map(live -> OperatorJson.session(live, state))
                    .orElseGet(() -> ended(id)))
        .map(json -> frame(line, "session", json));
  }

  private static JsonObject ended(String sessionId) {
    return StrictJson.object().add("session_id", sessionId).add("state", "ended").build();
  }

  private static String frame(AuditEntry line, String event, JsonObject data) {
    return frame(line.id(), event, data);
  }

  /** Returns a frame. JSON escapes line breaks, so that the data is always one line. */
  private static String frame(long id, String event, JsonObject data) {
    return "id: " + id + "\nevent: " + event + "\ndata: " + data + "\n\n";
  }
}
