package dev.nexo.pairing.http.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.Surface;
import dev.nexo.pairing.companion.SetupCodeRequest;
import dev.nexo.pairing.companion.SetupCodeState;
import dev.nexo.pairing.http.fake.FakeAdapters;
import dev.nexo.pairing.http.fake.FakeGate;
import dev.nexo.pairing.http.fake.FakeSetupCodes;
import dev.nexo.pairing.http.operator.SetupCodeBody.Receiver;
import dev.nexo.pairing.http.operator.SetupCodeService.Started;
import dev.nexo.pairing.problem.ProblemException;
import dev.nexo.pairing.problem.ProblemType;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Setup code service")
class SetupCodeServiceTest {

  private static final Actor OPERATOR = new Actor("operator", Surface.API);

  private final FakeSetupCodes codes = new FakeSetupCodes();
  private final SetupCodeService starter =
      new SetupCodeService(codes, new FakeAdapters(), new FakeGate());

  @Test
  @DisplayName("An admitted sender gets the setup code")
  void sends() {
    assertThat(start("whatsapp", "friend").sent()).isTrue();
    assertThat(state("setup-1")).isEqualTo(SetupCodeState.ISSUED);
  }

  @Test
  @DisplayName("A setup code that the channel did not deliver stays valid")
  void notSent() {
    Started started = start("whatsapp", FakeAdapters.UNREACHABLE);
    assertThat(started.sent()).isFalse();
    assertThat(state("setup-1")).isEqualTo(SetupCodeState.ISSUED);
  }

  @Test
  @DisplayName("A recipient who is not admitted is refused before a code is issued")
  void notAdmitted() {
    assertThat(problem("whatsapp", "stranger")).isEqualTo(ProblemType.NOT_ADMITTED);
    assertThatThrownBy(() -> start("whatsapp", "legacy-row"))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageStartingWith("send_to.to must be");
    assertThat(codes.started()).isZero();
  }

  @Test
  @DisplayName("If the channel cannot send pictures, the code is cancelled")
  void noPictures() {
    assertThat(problem("sms", "friend")).isEqualTo(ProblemType.NO_PICTURES);
    assertThat(state("setup-1")).isEqualTo(SetupCodeState.CANCELLED);
  }

  @Test
  @DisplayName("After an unexpected error the code is cancelled")
  void unexpectedError() {
    assertThatThrownBy(() -> start("whatsapp", FakeAdapters.UNTHINKABLE))
        .isInstanceOf(IllegalStateException.class);
    assertThat(state("setup-1")).isEqualTo(SetupCodeState.CANCELLED);
  }

  @Test
  @DisplayName("A QR code is drawn only on request")
  void drawsOnRequest() {
    assertThat(starter.start(call(null, Set.of()), OPERATOR))
        .extracting(Started::drawing, Started::sent)
        .containsOnlyNulls();
    assertThat(starter.start(call(null, EnumSet.of(QrFormat.SVG)), OPERATOR).drawing()).isNotNull();
  }

  private ProblemType problem(String channel, String to) {
    return catchThrowableOfType(ProblemException.class, () -> start(channel, to)).problem().type();
  }

  private Started start(String channel, String to) {
    Receiver receiver = new Receiver(ChannelAccount.of(channel, null), to);
    return starter.start(call(receiver, Set.of()), OPERATOR);
  }

  private static SetupCodeBody call(Receiver sendTo, Set<QrFormat> forms) {
    return new SetupCodeBody(new SetupCodeRequest(null, null, null, null), sendTo, forms, false);
  }

  private SetupCodeState state(String setupId) {
    return codes.find(setupId).orElseThrow().state();
  }
}
