package dev.nexo.pairing.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.nexo.pairing.spi.SenderVerdict.Kind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Sender verdict")
class SenderVerdictTest {

  @ParameterizedTest
  @EnumSource(names = {"SHARED", "IMPOSSIBLE"})
  @DisplayName("A rejected id has no canonical form, so it cannot be admitted")
  void rejected(Kind kind) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SenderVerdict(kind, "777000", "a_reason"))
        .withMessage("An id that is rejected has no canonical form");
    assertThat(new SenderVerdict(kind, null, "a_reason").accepted()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = "PERSON", mode = EnumSource.Mode.EXCLUDE)
  @DisplayName("What is not one person needs a reason")
  void reason(Kind kind) {
    assertThatNullPointerException().isThrownBy(() -> new SenderVerdict(kind, null, null));
  }

  @Test
  @DisplayName("A person needs a canonical id, and every verdict a kind")
  void missing() {
    assertThatNullPointerException()
        .isThrownBy(() -> new SenderVerdict(Kind.PERSON, null, "a_reason"));
    assertThatNullPointerException().isThrownBy(() -> new SenderVerdict(null, "1", "a_reason"));
  }

  @Test
  @DisplayName("Persons and listed groups have a canonical id, the others none")
  void factories() {
    assertThat(SenderVerdict.person("1").accepted()).contains("1");
    assertThat(SenderVerdict.group("-1").accepted()).contains("-1");
    assertThat(SenderVerdict.rejectedGroup().accepted()).isEmpty();
    assertThat(SenderVerdict.shared().accepted()).isEmpty();
    assertThat(SenderVerdict.impossible("not_a_number").reason()).isEqualTo("not_a_number");
  }
}
