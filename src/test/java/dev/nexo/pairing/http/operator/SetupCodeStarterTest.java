package dev.nexo.pairing.http.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.SetupCodeRequest;
import dev.nexo.pairing.SetupState;
import dev.nexo.pairing.Surface;
import dev.nexo.pairing.http.fake.FakeAdapters;
import dev.nexo.pairing.http.fake.FakeGate;
import dev.nexo.pairing.http.fake.FakeSetupCodes;
import dev.nexo.pairing.http.operator.SetupCodeCall.Receiver;
import dev.nexo.pairing.http.operator.SetupCodeStarter.Started;
import dev.nexo.pairing.http.problem.ProblemException;
import dev.nexo.pairing.http.problem.ProblemType;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SetupCodeStarterTest {

  private static final Actor OPERATOR = new Actor("operator", Surface.API);

  private final FakeSetupCodes codes = new FakeSetupCodes();
  private final SetupCodeStarter starter =
      new SetupCodeStarter(codes, new FakeAdapters(), new FakeGate());

  @Test
  void aFriendGetsIt() {
    assertThat(start("whatsapp", "friend").sent()).isTrue();
    assertThat(state("setup-1")).isEqualTo(SetupState.ISSUED);
  }

  @Test
  void whatTheChannelDidNotTakeCanStillBeHandedOverByOtherMeans() {
    Started started = start("whatsapp", FakeAdapters.UNREACHABLE);
    assertThat(started.sent()).isFalse();
    assertThat(state("setup-1")).isEqualTo(SetupState.ISSUED);
  }

  @Test
  void whoIsNotToGetItIsFoundOutBeforeThereIsOne() {
    assertThat(problem("whatsapp", "stranger")).isEqualTo(ProblemType.NOT_ADMITTED);
    assertThat(problem("whatsapp", "legacy-row")).isEqualTo(ProblemType.BAD_REQUEST);
    assertThat(codes.started()).isZero();
  }

  @Test
  void aChannelWithoutPicturesLeavesNoCodeBehind() {
    assertThat(problem("sms", "friend")).isEqualTo(ProblemType.NO_PICTURES);
    assertThat(state("setup-1")).isEqualTo(SetupState.CANCELLED);
  }

  @Test
  void aFaultNobodyThoughtOfLeavesNoCodeBehind() {
    assertThatThrownBy(() -> start("whatsapp", FakeAdapters.UNTHINKABLE))
        .isInstanceOf(IllegalStateException.class);
    assertThat(state("setup-1")).isEqualTo(SetupState.CANCELLED);
  }

  @Test
  void nothingIsDrawnThatNobodyAskedFor() {
    assertThat(starter.start(call(null, Set.of()), OPERATOR))
        .extracting(Started::drawing, Started::sent)
        .containsOnlyNulls();
    assertThat(starter.start(call(null, EnumSet.of(QrForm.SVG)), OPERATOR).drawing()).isNotNull();
  }

  private ProblemType problem(String channel, String to) {
    return catchThrowableOfType(ProblemException.class, () -> start(channel, to)).problem().type();
  }

  private Started start(String channel, String to) {
    Receiver receiver = new Receiver(ChannelAccount.of(channel, null), to);
    return starter.start(call(receiver, Set.of()), OPERATOR);
  }

  private static SetupCodeCall call(Receiver sendTo, Set<QrForm> forms) {
    return new SetupCodeCall(new SetupCodeRequest(null, null, null, null), sendTo, forms, false);
  }

  private SetupState state(String setupId) {
    return codes.find(setupId).orElseThrow().state();
  }
}
