package dev.nexo.pairing.e2e;

import static dev.nexo.pairing.e2e.Messages.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.Postgres;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The packaged server on a data source that its own configuration defines. */
@DisplayName("Data source of the server")
class ServerDataSourceIT {

  private static PackagedServer server(String name, boolean transactional)
      throws URISyntaxException {
    StorageSettings storage = Postgres.newDatabase();
    URI database = URI.create(storage.url().orElseThrow().substring("jdbc:".length()));
    Path driver =
        Path.of(
            org.postgresql.Driver.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    return new PackagedServer(name)
        .environment("PAIRING_STORAGE_JNDI", "jdbc/pairing")
        .override(
            "database.xml",
            """
            <server>
              <featureManager><feature>jdbc-4.3</feature></featureManager>
              <library id="postgresql"><file name="%s"/></library>
              <dataSource jndiName="jdbc/pairing" transactional="%s">
                <jdbcDriver libraryRef="postgresql"/>
                <connectionManager maxPoolSize="8" connectionTimeout="2s"/>
                <properties.postgresql serverName="%s" portNumber="%d" databaseName="%s"
                                       user="%s" password="%s" targetServerType="primary"
                                       connectTimeout="2" socketTimeout="5"/>
              </dataSource>
            </server>
            """
                .formatted(
                    driver,
                    transactional,
                    database.getHost(),
                    database.getPort(),
                    database.getPath().substring(1),
                    storage.username().orElseThrow(),
                    storage.password().orElseThrow()));
  }

  @Test
  @DisplayName("A non-transactional data source works")
  void works() throws URISyntaxException {
    try (PackagedServer server = server("jndi", false).start()) {
      assertThat(
              server
                  .operator()
                  .posted("/inbound", from("whatsapp", "default", "15550001111"))
                  .getString("decision"))
          .isEqualTo("challenge");
      assertThat(server.console()).doesNotContain("has no network timeout");
    }
  }

  @Test
  @DisplayName("A data source that joins its caller's transactions is refused")
  void refusesATransactionalOne() throws URISyntaxException {
    try (PackagedServer server = server("jndi-transactional", true).launch()) {
      server.awaitAnswer();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  server
                      .console()
                      .contains("is transactional; give its <dataSource> transactional=\"false\""));
      assertThat(server.anyone().status("/health/ready")).isEqualTo(Optional.of(503));
    }
  }
}
