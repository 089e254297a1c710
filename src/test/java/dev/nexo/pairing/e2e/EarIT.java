package dev.nexo.pairing.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.e2e.discord.DiscordAdapter;
import dev.nexo.pairing.e2e.ear.PairingEventCount;
import dev.nexo.pairing.e2e.ear.PigeonAdapter;
import dev.nexo.pairing.e2e.ear.ProbeServlet;
import dev.nexo.pairing.e2e.ear.StartLog;
import dev.nexo.pairing.testing.ServerClient;
import java.nio.file.Files;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The module in an EAR's lib, used through the two WARs that share it. */
@DisplayName("Module in an EAR")
@ExtendWith(ArquillianExtension.class)
class EarIT {

  private static final String NAME = "ear";

  private final ServerClient http =
      ServerClient.anyone(Integer.getInteger("arquillian.http.port").intValue());

  @Deployment(testable = false)
  static EnterpriseArchive application() {
    return ShrinkWrap.create(EnterpriseArchive.class, NAME + ".ear")
        .addAsLibraries(ModuleArchive.libraries())
        .addAsLibraries(
            ShrinkWrap.create(JavaArchive.class, "shared.jar")
                .addClasses(DiscordAdapter.class, StartLog.class)
                .addAsManifestResource(ModuleArchive.BEANS_XML)
                .addAsResource(ModuleArchive.configuration(NAME), ModuleArchive.CONFIGURATION))
        .addAsModule(war("front").addClass(PigeonAdapter.class))
        .addAsModule(war("back"));
  }

  /** The configuration of a WAR is ignored, because the other WAR may contradict it. */
  private static WebArchive war(String name) {
    return ShrinkWrap.create(WebArchive.class, name + ".war")
        .addClasses(ProbeServlet.class, PairingEventCount.class)
        .addAsWebInfResource(ModuleArchive.BEANS_XML)
        .addAsResource(
            new StringAsset("pairing.storage.path=/nowhere/" + name), ModuleArchive.CONFIGURATION);
  }

  private String front(String what) {
    return ask("front", what);
  }

  private String back(String what) {
    return ask("back", what);
  }

  private String ask(String war, String what) {
    ServerClient.Answer answer = http.get("/" + war + "/" + what);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  @Test
  @DisplayName("An approval or revocation through one WAR applies at once in the other")
  void oneGate() {
    String code = front("ask?of=80351110224678912");
    assertThat(code).matches("[A-HJ-NP-Z2-9]{8}");
    assertThat(back("ask?of=80351110224678912")).isEqualTo(code);
    assertThat(back("approve?of=" + code)).contains("80351110224678912");
    assertThat(front("ask?of=80351110224678912")).isEqualTo("Admit");
    assertThat(back("ask?of=80351110224678912")).isEqualTo("Admit");
    assertThat(front("revoke?of=80351110224678912")).isEqualTo("1");
    assertThat(back("ask?of=80351110224678912")).matches("[A-HJ-NP-Z2-9]{8}");
  }

  @Test
  @DisplayName("An adapter in the EAR's lib serves both WARs, one in a WAR is ignored")
  void ownAdapter() {
    assertThat(front("channels")).isEqualTo("[discord, telegram, whatsapp]");
    int before = Integer.parseInt(front("sent"));
    front("receive?of=80351110224670001");
    back("receive?of=80351110224670002");
    assertThat(back("sent")).isEqualTo("" + (before + 2));
  }

  @Test
  @DisplayName("Both WARs share one gate and one database, started once")
  void oneOfEach() {
    assertThat(front("shared")).isEqualTo(back("shared"));
    // Every schedule starts with this event; if each WAR fired it, all would run twice.
    assertThat(front("starts")).isEqualTo("1");
    // Without the server's threads, the module uses two threads of its own.
    assertThat(front("executor")).contains("ManagedScheduledExecutorService");
  }

  @Test
  @DisplayName("The configuration is read from the EAR's lib")
  void configuration() {
    assertThat(Files.isRegularFile(ModuleArchive.database(NAME))).isTrue();
  }

  @Test
  @DisplayName("Events of the module are received in both WARs")
  void notices() {
    int before = Integer.parseInt(front("notices"));
    assertThat(back("notices")).isEqualTo("" + before);
    assertThat(front("approve?of=ABCDEFGH")).startsWith("Unknown");
    assertThat(front("notices")).isEqualTo("" + (before + 1));
    assertThat(back("notices")).isEqualTo("" + (before + 1));
  }
}
