package dev.nexo.pairing.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.Decision.Admit;
import dev.nexo.pairing.Decision.Drop;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.spi.PairingChannelAdapter;
import dev.nexo.pairing.spi.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Pairing in memory")
class InMemoryPairingTest {

  private final InMemoryPairing pairing = new InMemoryPairing();

  private Decision ask(InMemoryPairing one, String channel, String sender) {
    return one.gate().shouldAdmit(channel, null, sender, AdmissionPolicy.CHALLENGE);
  }

  @Nested
  @DisplayName("passes the contract of the gate")
  class Gate extends PairingGateContract {
    @Override
    protected PairingFixture open() {
      return PairingFixture.inMemory();
    }
  }

  @Nested
  @DisplayName("passes the contract of the intake")
  class Intake extends PairingIntakeContract {
    @Override
    protected IntakeFixture open() {
      return IntakeFixture.inMemory();
    }
  }

  @Nested
  @DisplayName("passes the contract of the store")
  class Store extends PairingStoreContract {
    @Override
    protected PairingFixture open() {
      return PairingFixture.inMemory();
    }
  }

  @Nested
  @DisplayName("passes the contract of the sessions")
  class Sessions extends PairingSessionContract {
    @Override
    protected PairingFixture open() {
      return PairingFixture.inMemory();
    }
  }

  @Test
  @DisplayName("admits in advance, and says so if it cannot")
  void admits() {
    pairing.admit("chat", "Ana");
    assertThat(ask(pairing, "chat", "ana")).isEqualTo(Admit.MEMBER);
    assertThatThrownBy(() -> pairing.admit("chat", "bad"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bad");
  }

  @Test
  @DisplayName("drops every message while the database is unavailable")
  void unavailable() {
    pairing.admit("chat", "ana");
    pairing.setAvailable(false);
    assertThat(ask(pairing, "chat", "ana")).isEqualTo(new Drop(DropReason.STORAGE));
    assertThatThrownBy(() -> pairing.store().newestAuditId())
        .isInstanceOf(StorageUnavailableException.class);
    assertThatThrownBy(() -> pairing.sessions().live())
        .isInstanceOf(StorageUnavailableException.class);
    pairing.setAvailable(true);
    assertThat(ask(pairing, "chat", "ana")).isEqualTo(Admit.MEMBER);
  }

  @Test
  @DisplayName("fires events, and survives an observer that fails")
  void observers() {
    List<PairingEvent> seen = new ArrayList<>();
    pairing.observe(
        event -> {
          throw new IllegalStateException("a failing observer");
        });
    pairing.observe(seen::add);
    ask(pairing, "chat", "ana");
    assertThat(seen).hasSize(1).isEqualTo(pairing.events());
  }

  @Test
  @DisplayName("asks the application's own adapter for its channel")
  void ownAdapter() {
    PairingChannelAdapter pigeon =
        new PairingChannelAdapter() {
          @Override
          public String channelId() {
            return "pigeon";
          }

          @Override
          public Optional<String> normalizeSender(String raw) {
            return Optional.of("ring-" + raw);
          }

          @Override
          public void sendReply(Reply reply) {
            throw new UnsupportedOperationException();
          }
        };
    InMemoryPairing own = new InMemoryPairing(new StubAdapters(pigeon));
    ask(own, "pigeon", " 7 ");
    var request = own.store().pending(AccountFilter.ALL, new PageRequest(10, null)).items().get(0);
    assertThat(request.sender().senderId()).isEqualTo("ring-7");
    own.store().approve(request.requestId(), AllowTerms.NONE, null, InMemoryPairing.OPERATOR);
    assertThat(ask(own, "pigeon", "7")).isEqualTo(Admit.MEMBER);
    assertThat(ask(own, "chat", "7")).isInstanceOf(Decision.Challenge.class);
    assertThatThrownBy(() -> new StubAdapters(pigeon, pigeon))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
