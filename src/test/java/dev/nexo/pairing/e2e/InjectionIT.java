package dev.nexo.pairing.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.Decision;
import dev.nexo.pairing.DeliveryResult;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.InboundOutcome;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.PendingOutcome;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.e2e.discord.DiscordAdapter;
import dev.nexo.pairing.e2e.discord.GateServlet;
import dev.nexo.pairing.spi.BrokerMessage;
import dev.nexo.pairing.spi.Reply;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The module inside another application on Open Liberty, by injection alone. These tests run in
 * that application.
 */
@DisplayName("Module injected into another application")
@ExtendWith(ArquillianExtension.class)
class InjectionIT {

  private static final String NAME = "injection";

  @Inject GateServlet doorman;
  @Inject DiscordAdapter discord;

  @Deployment
  static WebArchive application() {
    return ModuleArchive.application(NAME);
  }

  @Test
  @DisplayName("The injected gate challenges, admits after approval, and drops again")
  void gateAndStore() {
    SenderKey sender = new SenderKey("whatsapp", "default", "+15550003333");
    Decision first = doorman.ask("whatsapp", "+1 555 000-3333");
    assertThat(first).isInstanceOf(Decision.Challenge.class);
    PendingRequest request = ((Decision.Challenge) first).request();
    assertThat(request.sender()).isEqualTo(sender);
    assertThat(doorman.waiting("whatsapp")).extracting(PendingRequest::sender).contains(sender);

    assertThat(doorman.approve(request.code().value())).isInstanceOf(PendingOutcome.Done.class);
    assertThat(doorman.ask("whatsapp", "+15550003333")).isEqualTo(Decision.Admit.MEMBER);
    assertThat(doorman.ask("whatsapp", "+15550003333")).isEqualTo(Decision.Admit.MEMBER);
    assertThat(doorman.revoke(sender)).isEqualTo(1);
    assertThat(doorman.ask("whatsapp", "+15550003333")).isInstanceOf(Decision.Challenge.class);

    assertThat(doorman.notices())
        .contains(
            new PairingEvent.Challenged(request),
            new PairingEvent.Approved(sender),
            new PairingEvent.AdmissionChanged(List.of(sender)));
  }

  @Test
  @DisplayName("The application's own adapter is found, normalizes and delivers")
  void ownAdapter() {
    assertThat(doorman.channels()).containsExactlyInAnyOrder("discord", "telegram", "whatsapp");
    InboundOutcome outcome = doorman.receive("discord", " <@!80351110224678912> ");
    assertThat(outcome.senderId()).isEqualTo("80351110224678912");
    assertThat(outcome.delivery()).isEqualTo(DeliveryResult.DELIVERED_VIA_ADAPTER);
    String code = ((Decision.Challenge) outcome.decision()).request().code().value();
    assertThat(discord.sent()).extracting(Reply::to).containsExactly("80351110224678912");
    assertThat(discord.sent()).extracting(Reply::accountId).containsExactly("default");
    assertThat(discord.sent().get(0).text())
        .isEqualTo("**Pairing required.** Your code: `" + code + "`");

    assertThat(doorman.receive("discord", "80351110224678912").delivery())
        .isEqualTo(DeliveryResult.ALREADY_DELIVERED);
    assertThat(doorman.receive("discord", "somebody#1234").decision())
        .isEqualTo(new Decision.Drop(DropReason.REJECTED_SENDER));
    assertThat(discord.sent()).hasSize(1);
    // The delivering thread fires the event after the answer.
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                doorman
                    .notices()
                    .contains(
                        new PairingEvent.ChallengeDelivered(
                            "discord", DeliveryResult.DELIVERED_VIA_ADAPTER)));
  }

  @Test
  @DisplayName("Without NATS, published messages arrive as CDI events")
  void inProcessBroker() {
    InboundOutcome outcome = doorman.receive("telegram", "@Somebody");
    assertThat(outcome.delivery()).isEqualTo(DeliveryResult.DELIVERED_VIA_ADAPTER);
    BrokerMessage message =
        doorman.published().stream()
            .filter(m -> m.subject().equals("plugin.outbound.telegram"))
            .findFirst()
            .orElseThrow();
    String code = ((Decision.Challenge) outcome.decision()).request().code().value();
    assertThat(message.json())
        .contains("\"to\":\"@somebody\"", "\"parse_mode\":\"MarkdownV2\"", code);
    assertThat(message).asString().doesNotContain(code);
    assertThat(doorman.receive("matrix", "@a:b.example").delivery())
        .isEqualTo(DeliveryResult.DELIVERED_VIA_BROKER);
  }

  @Test
  @RunAsClient
  @DisplayName("The application's own configuration sets the database path")
  void ownConfiguration() {
    assertThat(Files.isRegularFile(ModuleArchive.database(NAME))).isTrue();
  }
}
