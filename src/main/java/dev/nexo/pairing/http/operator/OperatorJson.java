package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.AuditEntry;
import dev.nexo.pairing.BlockedSender;
import dev.nexo.pairing.DroppedSender;
import dev.nexo.pairing.DroppedSenders;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.PendingRequest.HeldMessage;
import dev.nexo.pairing.SeedReport;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.companion.KeyRotation;
import dev.nexo.pairing.companion.PairingSession;
import dev.nexo.pairing.companion.SetupCodeStatus;
import dev.nexo.pairing.http.request.QueryFields;
import dev.nexo.pairing.internal.DecidedRequests;
import dev.nexo.pairing.json.ClaimedName;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.problem.ProblemException;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Writes the objects of the API as JSON: times in RFC 3339 UTC, null members left out. */
final class OperatorJson {

  private OperatorJson() {}

  static JsonObject pending(PendingRequest request) {
    return pendingFields(request).build();
  }

  /** Returns a request, marked if its challenge has not been sent yet. */
  static JsonObject pending(PendingRequest request, boolean undelivered) {
    JsonObjectBuilder json = pendingFields(request);
    return (undelivered ? json.add("undelivered", true) : json).build();
  }

  private static JsonObjectBuilder pendingFields(PendingRequest request) {
    JsonObjectBuilder json =
        StrictJson.object().add("request_id", request.requestId()).add("number", request.number());
    add(json, request.sender());
    if (request.sender().isGroup()) {
      json.add("group", true);
    }
    json.add("code", request.code().value());
    add(json, "created_at", request.createdAt());
    add(json, "expires_at", request.expiresAt());
    add(json, "text", request.text());
    add(json, "claimed_name", ClaimedName.in(request.metaJson()).orElse(null));
    return json.add("meta", meta(request.metaJson()));
  }

  /** Returns held messages; one that is not readable has neither text nor meta. */
  static JsonArrayBuilder held(List<HeldMessage> messages) {
    JsonArrayBuilder array = StrictJson.array();
    for (HeldMessage message : messages) {
      JsonObjectBuilder json = StrictJson.object().add("id", message.id());
      add(json, "received_at", message.receivedAt());
      json.add("readable", message.readable());
      add(json, "text", message.text());
      if (message.readable()) {
        json.add("meta", meta(message.metaJson()));
      }
      array.add(json);
    }
    return array;
  }

  static JsonObject allowed(AllowedSender row) {
    JsonObjectBuilder json = StrictJson.object();
    add(json, row.sender());
    add(json, "approved_at", row.approvedAt());
    add(json, "approved_via", row.approvedVia());
    add(json, "revoked_at", row.revokedAt());
    add(json, "expires_at", row.expiresAt());
    add(json, "note", row.note());
    json.add("role", row.role().wireName());
    json.add("labels", texts(row.labels()));
    if (row.idle() != null) {
      json.add("idle_secs", row.idle().toSeconds());
    }
    add(json, "last_seen_at", row.lastSeenAt());
    if (row.sender().isGroup()) {
      json.add("group", true);
      json.add("members", row.membersOnly() ? "approved" : "all");
    }
    return json.build();
  }

  static JsonObject audit(AuditEntry entry) {
    JsonObjectBuilder json = StrictJson.object().add("id", entry.id());
    add(json, "at", entry.at());
    add(json, "actor", entry.actor());
    add(json, "surface", entry.surface());
    add(json, "action", entry.action());
    if (entry.sender() != null) {
      add(json, entry.sender());
    }
    add(json, "detail", entry.detail());
    return json.build();
  }

  /** Returns the number of changed rows, and the warnings if there are any. */
  static JsonObject counted(String name, int changed, JsonArray warnings) {
    return withWarnings(StrictJson.object().add(name, changed), warnings);
  }

  /** Builds an object, with the warnings if there are any. */
  static JsonObject withWarnings(JsonObjectBuilder json, JsonArray warnings) {
    return (warnings.isEmpty() ? json : json.add("warnings", warnings)).build();
  }

  static JsonObject seeded(SeedReport report, JsonArray warnings) {
    JsonArrayBuilder rejected = StrictJson.array();
    for (SeedReport.Rejected one : report.rejected()) {
      JsonObjectBuilder json = StrictJson.object();
      add(json, "sender_id", one.senderId());
      rejected.add(json.add("reason", one.reason()));
    }
    return withWarnings(
        StrictJson.object()
            .add("seeded", report.seeded())
            .add("rejected", rejected)
            .add("rejected_count", report.rejectedCount()),
        warnings);
  }

  static JsonObject blocked(BlockedSender row) {
    JsonObjectBuilder json = StrictJson.object();
    add(json, row.sender());
    add(json, "blocked_at", row.blockedAt());
    add(json, "reason", row.reason());
    return json.build();
  }

  static JsonObject denied(DecidedRequests.Denied row) {
    JsonObjectBuilder json = StrictJson.object();
    add(json, row.sender());
    add(json, "denied_at", row.deniedAt());
    add(json, "denied_until", row.until());
    add(json, "reason", row.reason());
    add(json, "request_id", row.requestId());
    return json.build();
  }

  static JsonObject dropped(DroppedSender entry) {
    JsonObjectBuilder json = StrictJson.object();
    add(json, entry.sender());
    add(json, "reason", entry.reason().wireName());
    json.add("count", entry.count());
    add(json, "first_at", entry.firstAt());
    add(json, "last_at", entry.lastAt());
    add(json, "text", entry.text());
    add(json, "group_id", entry.groupId());
    return json.build();
  }

  static JsonObject decided(DroppedSenders.Result result) {
    JsonObjectBuilder json = StrictJson.object();
    add(json, result.sender());
    json.add("result", result.outcome().name().toLowerCase(Locale.ROOT));
    add(json, "reason", result.reason());
    return json.build();
  }

  static JsonObject setupCode(SetupCodeStatus status) {
    JsonObjectBuilder json =
        StrictJson.object()
            .add("setup_id", status.setupId())
            .add("state", status.state().wireName());
    add(json, "device_label", status.deviceLabel());
    add(json, "expires_at", status.expiresAt());
    add(json, "session_id", status.sessionId());
    return json.build();
  }

  static JsonObject rotation(KeyRotation rotation) {
    JsonObjectBuilder json = StrictJson.object().add("fingerprint", rotation.fingerprint());
    add(json, "still_valid_until", rotation.stillValidUntil());
    return json.build();
  }

  static JsonObject session(PairingSession session) {
    return sessionFields(session).build();
  }

  /** Returns a session with its new state, for an event. */
  static JsonObject session(PairingSession session, String state) {
    return sessionFields(session).add("state", state).build();
  }

  private static JsonObjectBuilder sessionFields(PairingSession session) {
    JsonObjectBuilder json =
        StrictJson.object()
            .add("session_id", session.sessionId())
            .add("profile", session.profile());
    add(json, "device_label", session.deviceLabel());
    add(json, "issued_at", session.issuedAt());
    add(json, "expires_at", session.expiresAt());
    add(json, "last_seen_at", session.lastSeenAt());
    if (session.deviceKey()) {
      json.add("device_key", true);
    }
    return json;
  }

  /** Answers a request for a list that is filtered by channel and account only. */
  static <T> JsonObject list(
      UriInfo uri,
      String name,
      BiFunction<AccountFilter, PageRequest, Page<T>> rows,
      Function<T, JsonObject> shape) {
    QueryFields query = new QueryFields(uri);
    AccountFilter accounts = query.accounts();
    PageRequest page = query.page();
    query.end();
    return page(name, rows.apply(accounts, page), shape);
  }

  /** Returns a page under the name of its list, with the cursor of the next page. */
  static <T> JsonObject page(String name, Page<T> page, Function<T, JsonObject> shape) {
    JsonArrayBuilder items = StrictJson.array();
    page.items().forEach(item -> items.add(shape.apply(item)));
    JsonObjectBuilder json = StrictJson.object().add(name, items);
    add(json, "next", page.next());
    return json.build();
  }

  static JsonArrayBuilder texts(List<String> texts) {
    JsonArrayBuilder array = StrictJson.array();
    texts.forEach(array::add);
    return array;
  }

  static void add(JsonObjectBuilder json, SenderKey sender) {
    json.add("channel", sender.channel());
    json.add("account_id", sender.accountId());
    json.add("sender_id", sender.senderId());
  }

  static void add(JsonObjectBuilder json, String name, String value) {
    if (value != null) {
      json.add(name, value);
    }
  }

  static void add(JsonObjectBuilder json, String name, Instant time) {
    if (time != null) {
      json.add(name, time.toString());
    }
  }

  /** Returns the sender details of the channel; rows that Nexo wrote may be invalid JSON. */
  private static JsonObject meta(String json) {
    if (json == null || json.equals("{}")) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
    try {
      return StrictJson.parse(json.getBytes(StandardCharsets.UTF_8));
    } catch (ProblemException e) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
  }
}
