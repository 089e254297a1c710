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
import org.junit.jupiter.api.Test;

class SetupCodeServiceTest {

  private static final Actor OPERATOR = new Actor("operator", Surface.API);

  private final FakeSetupCodes codes = new FakeSetupCodes();
  private final SetupCodeService starter =
      new SetupCodeService(codes, new FakeAdapters(), new FakeGate());

  @Test
  void aFriendGetsIt() {
    assertThat(start("whatsapp", "friend").sent()).isTrue();
    assertThat(state("setup-1")).isEqualTo(SetupCodeState.ISSUED);
  }

  @Test
  void whatTheChannelDidNotTakeCanStillBeHandedOverByOtherMeans() {
    Started started = start("whatsapp", FakeAdapters.UNREACHABLE);
    assertThat(started.sent()).isFalse();
    assertThat(state("setup-1")).isEqualTo(SetupCodeState.ISSUED);
  }

  @Test
  void whoIsNotToGetItIsFoundOutBeforeThereIsOne() {
    assertThat(problem("whatsapp", "stranger")).isEqualTo(ProblemType.NOT_ADMITTED);
    assertThatThrownBy(() -> start("whatsapp", "legacy-row"))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageStartingWith("send_to.to must be");
    assertThat(codes.started()).isZero();
  }

  @Test
  void aChannelWithoutPicturesLeavesNoCodeBehind() {
    assertThat(problem("sms", "friend")).isEqualTo(ProblemType.NO_PICTURES);
    assertThat(state("setup-1")).isEqualTo(SetupCodeState.CANCELLED);
  }

  @Test
  void aFaultNobodyThoughtOfLeavesNoCodeBehind() {
    assertThatThrownBy(() -> start("whatsapp", FakeAdapters.UNTHINKABLE))
        .isInstanceOf(IllegalStateException.class);
    assertThat(state("setup-1")).isEqualTo(SetupCodeState.CANCELLED);
  }

  @Test
  void nothingIsDrawnThatNobodyAskedFor() {
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
