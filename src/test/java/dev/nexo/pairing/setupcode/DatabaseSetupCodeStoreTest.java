package dev.nexo.pairing.setupcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.AuditEntry;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.codec.SetupCodes;
import dev.nexo.pairing.codec.Sha256;
import dev.nexo.pairing.companion.IssuedSetupCode;
import dev.nexo.pairing.companion.PublicUrlUnknownException;
import dev.nexo.pairing.companion.SetupCodeRequest;
import dev.nexo.pairing.companion.SetupCodeState;
import dev.nexo.pairing.companion.SetupCodeStatus;
import dev.nexo.pairing.config.GatewaySettings;
import dev.nexo.pairing.qr.QrCode;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.PairingContainer;
import dev.nexo.pairing.testing.TestDatabase;
import dev.nexo.pairing.testing.Together;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Database setup code store")
@OnEveryDatabase
class DatabaseSetupCodeStoreTest extends SetupCodeContract {

  private static final SetupCodeRequest PLAIN = new SetupCodeRequest(null, null, null, null);

  @Test
  @DisplayName("A setup code is issued, recorded and announced as an event")
  void issues() {
    PairingContainer server = server("a");
    IssuedSetupCode setup =
        codes(server)
            .start(
                new SetupCodeRequest("tablet", "https://other.example", Duration.ofMinutes(3), "x"),
                OPERATOR);
    assertThat(setup.urlSource()).isEqualTo("--public-url");
    assertThat(setup.code().url()).isEqualTo("wss://other.example/pair");
    assertThat(SetupCodes.decode(setup.payload())).isEqualTo(setup.code());
    SetupCodeStatus status = codes(server).find(setup.setupId()).orElseThrow();
    assertThat(status)
        .isEqualTo(
            new SetupCodeStatus(
                setup.setupId(),
                SetupCodeState.ISSUED,
                "tablet",
                clock.instant().plus(Duration.ofMinutes(3)),
                null));
    assertThat(told(server)).containsExactly(status);
    AuditEntry line = audit(server).get(1);
    assertThat(line.action()).isEqualTo("setup_issued");
    assertThat(line.actor()).isEqualTo("operator");
    assertThat(line.surface()).isEqualTo(OPERATOR.surface().wireName());
    assertThat(line.detail()).isEqualTo("tablet");
    assertThat(line.subject()).isEqualTo(setup.setupId());
  }

  @Test
  @DisplayName("The longest setup code fits in a QR code")
  void longest() {
    String url = "wss://nexo.example.com/" + "a".repeat(GatewayUrl.MAX_LENGTH - 28);
    SetupCodeRequest longest =
        new SetupCodeRequest("📱".repeat(64), url, Duration.ofHours(24), "p".repeat(64));
    IssuedSetupCode setup = codes(server("a")).start(longest, OPERATOR);
    assertThat(setup.code().url()).hasSize(GatewayUrl.MAX_LENGTH);
    assertThat(QrCode.of(setup.payload()).png()).isNotEmpty();
  }

  @Test
  @DisplayName("Without a label the audit trail has the setup id")
  void noLabel() {
    PairingContainer server = server("a");
    IssuedSetupCode setup = codes(server).start(PLAIN, OPERATOR);
    assertThat(setup.urlSource()).isEqualTo("pairing.public_url");
    assertThat(audit(server).get(1).detail()).isEqualTo(setup.setupId());
  }

  @Test
  @DisplayName("Neither the token nor its nonce is in the database")
  void onlyHashes() throws IOException {
    assumeTrue(database == TestDatabase.SQLITE, "PostgreSQL has no file to search");
    PairingContainer server = server("a");
    IssuedSetupCode setup = start(server, "findable label");
    String nonce = nonce(server, setup);
    String written = "";
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().contains("pairing.db")).toList()) {
        written += new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      }
    }
    String token = setup.code().bootstrapToken().value();
    assertThat(written)
        .contains("findable label", Sha256.hex(nonce))
        .doesNotContain(nonce, token, token.substring(token.indexOf('.') + 1));
  }

  @Test
  @DisplayName("A refused request leaves nothing behind")
  void refusedRequest() {
    PairingContainer server = server("a");
    SetupCodeRequest[] rows = {
      new SetupCodeRequest("a\nb", null, null, null),
      new SetupCodeRequest(null, "ws://evil.com", null, null),
      new SetupCodeRequest(null, null, Duration.ZERO, null),
      new SetupCodeRequest(null, null, Duration.ofHours(25), null),
      new SetupCodeRequest(null, null, null, "a b")
    };
    for (SetupCodeRequest row : rows) {
      assertThatThrownBy(() -> codes(server).start(row, OPERATOR))
          .as("%s", row)
          .isInstanceOf(InvalidValueException.class);
    }
    assertThat(rows(server, "pairing_setup_code")).isZero();
    assertThat(audit(server)).isEmpty();
    assertThat(told(server)).isEmpty();
  }

  @Test
  @DisplayName("If only a loopback address is known, no code is issued")
  void onlyLoopback() {
    PairingContainer server =
        keep(
            opening("a")
                .with(
                    GatewaySettings.class,
                    new GatewaySettings(
                        Optional.empty(), Optional.empty(), directory.resolve("none"), List.of()))
                .open());
    server.gate().shouldAdmit("chat", "stored", "ana", AdmissionPolicy.CHALLENGE);
    assertThatThrownBy(() -> codes(server).start(PLAIN, OPERATOR))
        .isInstanceOfSatisfying(
            PublicUrlUnknownException.class,
            e ->
                assertThat(e.remedies())
                    .endsWith(
                        "nexo-pair seed chat configured <sender>…",
                        "nexo-pair seed chat stored <sender>…"));
    assertThat(keyPath("a")).doesNotExist();
  }

  @Test
  @DisplayName("The state of a code is issued, redeemed, cancelled or expired")
  void states() {
    PairingContainer server = server("a");
    IssuedSetupCode redeemed = start(server, "redeemed");
    IssuedSetupCode cancelled = start(server, "cancelled");
    IssuedSetupCode left = start(server, "left");
    assertThat(redeem(server, redeemed, "s1")).isTrue();
    assertThat(codes(server).cancel(cancelled.setupId(), OPERATOR).orElseThrow().state())
        .isEqualTo(SetupCodeState.CANCELLED);
    clock.move(Duration.ofSeconds(60).minusMillis(1));
    assertThat(state(server, left)).isEqualTo(SetupCodeState.ISSUED);
    clock.move(Duration.ofMillis(1));
    assertThat(state(server, left)).isEqualTo(SetupCodeState.EXPIRED);
    assertThat(state(server, redeemed)).isEqualTo(SetupCodeState.REDEEMED);
    assertThat(codes(server).find(redeemed.setupId()).orElseThrow().sessionId()).isEqualTo("s1");
    assertThat(state(server, cancelled)).isEqualTo(SetupCodeState.CANCELLED);
    for (String unknown : new String[] {null, "", "no such", "' OR 1=1 --"}) {
      assertThat(codes(server).find(unknown)).isEmpty();
      assertThat(codes(server).cancel(unknown, OPERATOR)).isEmpty();
    }
  }

  @Test
  @DisplayName("Only an open code can be cancelled, and only once")
  void cancels() {
    PairingContainer server = server("a");
    IssuedSetupCode redeemed = start(server, "redeemed");
    IssuedSetupCode cancelled = start(server, "cancelled");
    IssuedSetupCode expired = start(server, "expired");
    redeem(server, redeemed, "s1");
    for (int i = 0; i < 2; i++) {
      assertThat(codes(server).cancel(cancelled.setupId(), OPERATOR).orElseThrow().state())
          .isEqualTo(SetupCodeState.CANCELLED);
      assertThat(codes(server).cancel(redeemed.setupId(), OPERATOR).orElseThrow().state())
          .isEqualTo(SetupCodeState.REDEEMED);
    }
    assertThat(redeem(server, cancelled, "s2")).as("it is spent").isFalse();
    clock.move(Duration.ofSeconds(60));
    assertThat(codes(server).cancel(expired.setupId(), OPERATOR).orElseThrow().state())
        .isEqualTo(SetupCodeState.EXPIRED);
    assertThat(audit(server))
        .filteredOn(line -> line.action().equals("setup_cancelled"))
        .extracting("detail")
        .containsExactly("cancelled");
    assertThat(told(server))
        .filteredOn(status -> status.state() == SetupCodeState.CANCELLED)
        .hasSize(1);
  }

  @Test
  @DisplayName("Of a redemption and a cancellation at once one wins")
  void redeemOrCancel() throws Exception {
    PairingContainer a = server("a");
    PairingContainer b = server("a");
    int redeemedFirst = 0;
    for (int round = 0; round < 20; round++) {
      IssuedSetupCode setup = start(a, "round " + round);
      ready(b);
      List<Boolean> won =
          Together.run(
              8,
              i -> {
                PairingContainer server = i % 4 < 2 ? a : b;
                return i % 2 == 0
                    ? redeem(server, setup, "s" + i)
                    : codes(server).cancel(setup.setupId(), OPERATOR).orElseThrow().state()
                        == SetupCodeState.CANCELLED;
              });
      long redeemed = IntStream.of(0, 2, 4, 6).filter(won::get).count();
      assertThat(redeemed).isLessThanOrEqualTo(1);
      assertThat(IntStream.of(1, 3, 5, 7).filter(won::get).count())
          .as("cancelled for all who cancel, or for none")
          .isEqualTo(redeemed == 1 ? 0 : 4);
      redeemedFirst += (int) redeemed;
      assertThat(state(b, setup))
          .isEqualTo(redeemed == 1 ? SetupCodeState.REDEEMED : SetupCodeState.CANCELLED);
    }
    assertThat(audit(a).stream().filter(line -> line.action().equals("setup_cancelled")).count())
        .isEqualTo(20 - redeemedFirst);
  }
}
