package dev.nexo.pairing.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.nexo.pairing.Decision;
import dev.nexo.pairing.Decision.Challenge;
import dev.nexo.pairing.DeliveryResult;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.InboundMessage;
import dev.nexo.pairing.InboundOutcome;
import dev.nexo.pairing.MessageContext;
import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.Role;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.problem.ProblemException;
import dev.nexo.pairing.problem.ProblemType;
import dev.nexo.pairing.problem.Violation;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Inbound JSON")
class InboundJsonTest {

  private static final Challenge CHALLENGE =
      new Challenge(
          new PendingRequest(
              "r1",
              1,
              new SenderKey("sms", "default", "1"),
              new PairingCode("ABCD2345"),
              Instant.parse("2026-11-01T12:00:00Z"),
              Instant.parse("2026-11-01T13:00:00Z"),
              null,
              "{}"),
          Challenge.Delivery.QUEUED);

  private static InboundMessage read(String body) {
    return InboundJson.read(new JsonFields(StrictJson.parse(body.getBytes(UTF_8))), true);
  }

  private static Problem refusal(String body) {
    return catchThrowableOfType(ProblemException.class, () -> read(body)).problem();
  }

  private static String answer(InboundOutcome outcome) {
    return InboundJson.write(outcome).toString();
  }

  @Test
  @DisplayName("Every field is read")
  void allFields() {
    assertThat(
            read(
                "{\"channel\":\"sms\",\"account_id\":\"a\",\"sender_id\":\"1\",\"text\":\"hi\","
                    + "\"meta\":{\"name\":\"Ann\"},\"auto_challenge\":false,\"deliver\":false}"))
        .isEqualTo(
            new InboundMessage("sms", "a", "1", "hi", "{\"name\":\"Ann\"}", false, false, true));
  }

  @Test
  @DisplayName("A missing or null field has its default")
  void defaults() {
    InboundMessage expected = new InboundMessage("sms", null, null, null, null, null, true, true);
    assertThat(read("{\"channel\":\"sms\"}")).isEqualTo(expected);
    assertThat(
            read(
                "{\"channel\":\"sms\",\"account_id\":null,\"sender_id\":null,\"text\":null,"
                    + "\"meta\":null,\"auto_challenge\":null,\"deliver\":null}"))
        .isEqualTo(expected);
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        arguments("{\"channel\":1}", "channel", "a number for a string"),
        arguments(
            "{\"channel\":\"sms\",\"sender_id\":12345}", "sender_id", "a number for a sender"),
        arguments("{\"channel\":\"sms\",\"text\":[\"a\"]}", "text", "a list for a text"),
        arguments("{\"channel\":\"sms\",\"meta\":\"{}\"}", "meta", "a string for an object"),
        arguments("{\"channel\":\"sms\",\"meta\":[]}", "meta", "a list for an object"),
        arguments(
            "{\"channel\":\"sms\",\"auto_challenge\":\"true\"}",
            "auto_challenge",
            "a string for a boolean"),
        arguments("{\"channel\":\"sms\",\"deliver\":1}", "deliver", "a number for a boolean"),
        arguments(
            "{\"channel\":\"sms\",\"accountId\":\"a\"}",
            "accountId",
            "a name in the wrong spelling"),
        arguments("{\"channel\":\"sms\",\"Channel\":\"a\"}", "Channel", "a name in the wrong case"),
        arguments("{\"channel\":\"sms\",\"\":1}", "", "a name that is empty"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("malformed")
  @DisplayName("Unknown fields and wrong types are named")
  void malformed(String body, String field, String why) {
    Problem problem = refusal(body);
    assertThat(problem.type()).isEqualTo(ProblemType.BAD_REQUEST);
    assertThat(problem.violations())
        .as(why)
        .singleElement()
        .extracting(Violation::field)
        .isEqualTo(field);
  }

  @Test
  @DisplayName("All violations are named at once, and long names are cut")
  void allAtOnce() {
    String name = "x".repeat(100_000);
    Problem problem = refusal("{\"channel\":\"sms\",\"" + name + "\":1,\"deliver\":0}");
    assertThat(problem.violations()).hasSize(2);
    assertThat(problem.body().length).isLessThan(1_000);
  }

  @Test
  @DisplayName("U+0000 and half emoji are allowed in the text, not in ids")
  void halfEmoji() {
    assertThat(read("{\"channel\":\"sms\",\"text\":\"a\\u0000b\\ud83d\"}").text())
        .isEqualTo("a\u0000b\ud83d");
    assertThat(new MessageContext("a\u0000b\ud83d", "{\"x\":\"\udc00\"}", false))
        .isEqualTo(new MessageContext("a\ufffdb\ufffd", "{\"x\":\"\ufffd\"}", false));
    for (String field : new String[] {"sender_id", "account_id"}) {
      for (String unfit : new String[] {"a\\u0000", "a\\ud83d", "\\udc00a"}) {
        assertThat(
                refusal("{\"channel\":\"sms\",\"" + field + "\":\"" + unfit + "\"}").violations())
            .extracting(Violation::field)
            .contains(field);
      }
    }
  }

  @Test
  @DisplayName("meta of more than 8 KiB is read: its size must not decide about the sender")
  void largeMeta() {
    String meta = "{\"name\":\"" + "x".repeat(8 * 1024) + "\"}";
    assertThat(read("{\"channel\":\"sms\",\"meta\":" + meta + "}").metaJson()).isEqualTo(meta);
  }

  @Test
  @DisplayName("A channel may not switch the policy off")
  void policyOff() {
    JsonFields fields =
        new JsonFields(
            StrictJson.parse("{\"channel\":\"sms\",\"auto_challenge\":false}".getBytes(UTF_8)));
    assertThat(
            catchThrowableOfType(ProblemException.class, () -> InboundJson.read(fields, false))
                .problem()
                .type())
        .isEqualTo(ProblemType.FORBIDDEN);
  }

  @Test
  @DisplayName("Answers have the documented format")
  void answers() {
    assertThat(answer(new InboundOutcome("1", Decision.Admit.MEMBER, null, null)))
        .isEqualTo(
            "{\"decision\":\"admit\",\"sender_id\":\"1\",\"role\":\"member\",\"labels\":[]}");
    Decision vip = new Decision.Admit(Role.OWNER, List.of("vip", "team_1"));
    assertThat(answer(new InboundOutcome("1", vip, null, null)))
        .contains("\"role\":\"owner\",\"labels\":[\"vip\",\"team_1\"]");
    assertThat(
            answer(
                new InboundOutcome(
                    null, new Decision.Drop(DropReason.REJECTED_SENDER), null, null)))
        .isEqualTo("{\"decision\":\"drop\",\"reason\":\"rejected_sender\"}");
    assertThat(
            answer(new InboundOutcome("1", CHALLENGE, null, DeliveryResult.DELIVERED_VIA_ADAPTER)))
        .isEqualTo(
            "{\"decision\":\"challenge\",\"sender_id\":\"1\","
                + "\"expires_at\":\"2026-11-01T13:00:00Z\","
                + "\"delivery\":\"delivered_via_adapter\"}");
    assertThat(answer(new InboundOutcome("1", CHALLENGE, "the text", null)))
        .isEqualTo(
            "{\"decision\":\"challenge\",\"sender_id\":\"1\",\"code\":\"ABCD2345\","
                + "\"text\":\"the text\",\"expires_at\":\"2026-11-01T13:00:00Z\"}");
  }
}
