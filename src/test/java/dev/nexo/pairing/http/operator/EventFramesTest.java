package dev.nexo.pairing.http.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.AuditEntry;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.http.fake.FailingDependencies;
import dev.nexo.pairing.http.fake.FakeSessions;
import dev.nexo.pairing.http.fake.FakeSetupCodes;
import dev.nexo.pairing.http.fake.FakeStore;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Event frames")
class EventFramesTest {

  private static final Instant AT = Instant.parse("2026-11-01T12:30:00.123Z");
  private static final String ANA =
      "{\"channel\":\"chat\",\"account_id\":\"default\",\"sender_id\":\"a\\nna\",";

  private final EventFrames frames =
      new EventFrames(new FakeStore(), new FakeSetupCodes(), new FakeSessions());

  private static AuditEntry line(String action, String subject) {
    SenderKey sender = new SenderKey("chat", "default", "a\nna");
    return new AuditEntry(7, AT, "operator", "api", action, sender, "spam", subject);
  }

  private String frame(String action, String subject) {
    return frames.of(line(action, subject)).orElse("none");
  }

  @ParameterizedTest
  @CsvSource({"approved,approved_at", "denied,denied_at", "revoked,revoked_at"})
  @DisplayName("A decision is sent with its sender and time")
  void decisions(String action, String time) {
    assertThat(frame(action, null))
        .isEqualTo(
            "id: 7\nevent: "
                + action
                + "\ndata: "
                + ANA
                + "\""
                + time
                + "\":\"2026-11-01T12:30:00Z\"}\n\n");
  }

  @Test
  @DisplayName("A block is sent as it is listed")
  void block() {
    assertThat(frame("blocked", "req-1"))
        .isEqualTo(
            "id: 7\nevent: blocked\ndata: "
                + ANA
                + "\"blocked_at\":\"2026-11-01T12:30:00.123Z\",\"reason\":\"spam\"}\n\n");
  }

  @Test
  @DisplayName("A pending request is sent as listed while it is pending")
  void pendingRequest() {
    assertThat(frame("challenged", "req-1"))
        .startsWith("id: 7\nevent: pending\ndata: {\"request_id\":\"req-1\"")
        .contains("\"code\":\"ABCD2345\"", "\"text\":\"hi\"")
        .endsWith("}\n\n");
    assertThat(frame("challenged", "req-decided")).isEqualTo("none");
  }

  @ParameterizedTest
  @CsvSource({
    "setup_issued,is-waiting,issued",
    "setup_redeemed,was-redeemed,redeemed",
    "setup_expired,ran-out,expired",
    "setup_cancelled,ran-out,expired"
  })
  @DisplayName("A setup code is sent with its current state")
  void setupCode(String action, String id, String state) {
    assertThat(frame(action, id))
        .startsWith(
            "id: 7\nevent: setup_code\ndata: {\"setup_id\":\""
                + id
                + "\",\"state\":\""
                + state
                + "\"");
    assertThat(frame(action, "forgotten")).isEqualTo("none");
  }

  @ParameterizedTest
  @CsvSource({
    "session_opened,session-1,opened",
    "session_rotated,session-1,rotated",
    "session_renewed,session-1,renewed",
    "session_repeated,session-1,rotated"
  })
  @DisplayName("A session is sent with its new state")
  void session(String action, String id, String state) {
    assertThat(frame(action, id))
        .startsWith("id: 7\nevent: session\ndata: {\"session_id\":\"session-1\",\"profile\":")
        .endsWith(",\"state\":\"" + state + "\"}\n\n");
  }

  @ParameterizedTest
  @CsvSource({"session_opened,gone", "session_revoked,session-1", "signed_out,session-1"})
  @DisplayName("An ended session is sent as ended")
  void endedSession(String action, String id) {
    assertThat(frame(action, id))
        .isEqualTo(
            "id: 7\nevent: session\ndata: {\"session_id\":\"" + id + "\",\"state\":\"ended\"}\n\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"seeded", "updated", "expired", "password_made", "key_rotated", "new"})
  @DisplayName("Every other action is no event")
  void otherActions(String action) {
    assertThat(frame(action, "req-1")).isEqualTo("none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"challenged", "setup_issued", "session_opened", "signed_out"})
  @DisplayName("A line of an older release without an id is skipped")
  void olderRelease(String action) {
    assertThat(frame(action, null)).isEqualTo("none");
  }

  @Test
  @DisplayName("A row that cannot be shown is skipped, a database outage is not")
  void badRow() {
    assertThat(frame("setup_issued", FailingDependencies.BUG)).isEqualTo("none");
    assertThatThrownBy(() -> frame("setup_issued", FailingDependencies.STORAGE))
        .isInstanceOf(StorageUnavailableException.class);
  }

  @ParameterizedTest(name = "{0} of {1}: {2}")
  @CsvSource({
    "5,5,true",
    "0,1000,true",
    "0,1001,false",
    "7,1007,true",
    "6,5,false",
    "999999999999999999,5,false"
  })
  @DisplayName("After a thousand missed lines the client reads the lists again")
  void tooFarBehind(long last, long newest, boolean goesOn) {
    assertThat(EventsResource.canGoOn(last, newest)).isEqualTo(goesOn);
  }

  @Test
  @DisplayName("A stream begins with the retry time and the id to continue from")
  void greeting() {
    assertThat(EventFrames.greeting(5)).isEqualTo("retry: 2000\nid: 5\n\n");
    assertThat(EventFrames.reset(5)).isEqualTo("id: 5\nevent: reset\ndata: {}\n\n");
  }
}
