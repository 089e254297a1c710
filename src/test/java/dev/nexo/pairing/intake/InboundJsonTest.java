package dev.nexo.pairing.intake;

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
import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.SenderKey;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InboundJsonTest {

  private static final Challenge CHALLENGE =
      new Challenge(
          new PendingRequest(
              "r1",
              new SenderKey("sms", "default", "1"),
              new PairingCode("ABCD2345"),
              Instant.parse("2026-11-01T12:00:00Z"),
              Instant.parse("2026-11-01T13:00:00Z"),
              null,
              "{}"),
          Challenge.Delivery.QUEUED);

  private final InboundJson json = new InboundJson();

  private InboundMessage read(String body) {
    return json.read(body.getBytes(UTF_8));
  }

  private String answer(InboundOutcome outcome) {
    return new String(json.answer(outcome), UTF_8);
  }

  @Test
  void everyFieldIsRead() {
    assertThat(
            read(
                "{\"channel\":\"sms\",\"account_id\":\"a\",\"sender_id\":\"1\",\"text\":\"hi\","
                    + "\"meta\":{\"name\":\"Ann\"},\"auto_challenge\":false,\"deliver\":false}"))
        .isEqualTo(new InboundMessage("sms", "a", "1", "hi", "{\"name\":\"Ann\"}", false, false));
  }

  @Test
  void whatIsLeftOutOrNullHasItsDefault() {
    InboundMessage expected = new InboundMessage("sms", null, null, null, null, null, true);
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
        arguments("{\"sender_id\":12345}", "sender_id", "a number for a sender"),
        arguments("{\"text\":[\"a\"]}", "text", "a list for a text"),
        arguments("{\"meta\":\"{}\"}", "meta", "a string for an object"),
        arguments("{\"meta\":[]}", "meta", "a list for an object"),
        arguments("{\"auto_challenge\":\"true\"}", "auto_challenge", "a string for a boolean"),
        arguments("{\"deliver\":1}", "deliver", "a number for a boolean"),
        arguments("{\"accountId\":\"a\"}", "accountId", "a name in the wrong spelling"),
        arguments("{\"Channel\":\"a\"}", "Channel", "a name in the wrong case"),
        arguments("{\"\":1}", "", "a name that is empty"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("malformed")
  void unknownFieldsAndWrongTypesAreNamed(String body, String field, String why) {
    MalformedMessageException fault =
        catchThrowableOfType(MalformedMessageException.class, () -> read(body));
    assertThat(fault.violations()).as(why).singleElement().extracting("field").isEqualTo(field);
    assertThat(new String(json.problem(fault), UTF_8))
        .startsWith(
            "{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,\"detail\":")
        .contains("\"violations\":[{\"field\":\"" + field + "\",\"message\":\"");
  }

  @Test
  void allFaultsAreNamedAtOnceAndLongNamesAreCut() {
    String name = "x".repeat(100_000);
    MalformedMessageException fault =
        catchThrowableOfType(
            MalformedMessageException.class, () -> read("{\"" + name + "\":1,\"deliver\":0}"));
    assertThat(fault.violations()).hasSize(2);
    assertThat(json.problem(fault).length).isLessThan(1_000);
  }

  @Test
  void whatIsNoObjectHasNoViolations() {
    MalformedMessageException fault =
        catchThrowableOfType(MalformedMessageException.class, () -> read("[]"));
    assertThat(new String(json.problem(fault), UTF_8))
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,"
                + "\"detail\":\"The body is not a JSON object in UTF-8\"}");
  }

  @Test
  void answersHaveTheShapeOfTheContract() {
    assertThat(answer(new InboundOutcome("1", Decision.Admit.INSTANCE, null, null)))
        .isEqualTo("{\"decision\":\"admit\",\"sender_id\":\"1\"}");
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
