package dev.nexo.pairing.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.e2e.jpa.Note;
import dev.nexo.pairing.e2e.jpa.Notebook;
import dev.nexo.pairing.e2e.jpa.Notes;
import dev.nexo.pairing.testing.Postgres;
import dev.nexo.pairing.testing.ServerClient;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.arquillian.container.test.api.ContainerController;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The module in an application that uses the server's Jakarta Persistence with PostgreSQL for its
 * own data. The persistence.xml is the one in the guide.
 */
@DisplayName("Module beside an application's own JPA")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class JpaIT {

  private static final String SERVER = "jpa";
  private static final String HIBERNATE = "with-hibernate";
  private static final String ECLIPSELINK = "with-eclipselink";
  private static final String PERSISTENCE = "META-INF/persistence.xml";

  @ArquillianResource ContainerController servers;
  @ArquillianResource Deployer deployer;

  private final ServerClient http =
      ServerClient.anyone(Integer.getInteger("arquillian.jpa.http.port").intValue());

  @Deployment(name = HIBERNATE, managed = false, testable = false)
  @TargetsContainer(SERVER)
  static WebArchive withHibernate() {
    return application(HIBERNATE, GuideFiles.file("src/main/resources/" + PERSISTENCE));
  }

  /** It names no provider and no Hibernate property, so the server uses its own provider. */
  @Deployment(name = ECLIPSELINK, managed = false, testable = false)
  @TargetsContainer(SERVER)
  static WebArchive withEclipseLink() {
    String unit = GuideFiles.file("src/main/resources/" + PERSISTENCE);
    return application(ECLIPSELINK, unit.replaceAll("(?m)^.*hibernate.*\n", ""));
  }

  private static WebArchive application(String name, String persistence) {
    return ShrinkWrap.create(WebArchive.class, name + ".war")
        .addAsLibraries(ModuleArchive.libraries())
        .addClasses(Note.class, Notes.class, Notebook.class)
        .addAsWebInfResource(ModuleArchive.BEANS_XML)
        .addAsResource(ModuleArchive.configuration(name), ModuleArchive.CONFIGURATION)
        .addAsResource(new StringAsset(persistence), PERSISTENCE);
  }

  @BeforeEach
  void start() throws Exception {
    Path overrides =
        Path.of(System.getProperty("liberty.home"), "usr", "servers")
            .resolve(System.getProperty("arquillian.jpa.server"))
            .resolve("configDropins/overrides");
    Files.writeString(overrides.resolve("notes.xml"), dataSource(Postgres.newDatabase()));
    servers.start(SERVER);
  }

  private static String dataSource(StorageSettings storage) throws Exception {
    URI database = URI.create(storage.url().orElseThrow().substring("jdbc:".length()));
    Class<?> driver = org.postgresql.Driver.class;
    return """
           <server>
             <library id="postgresql"><file name="%s"/></library>
             <dataSource jndiName="jdbc/notes">
               <jdbcDriver libraryRef="postgresql"/>
               <properties.postgresql serverName="%s" portNumber="%d" databaseName="%s"
                                      user="%s" password="%s"/>
             </dataSource>
           </server>
           """
        .formatted(
            Path.of(driver.getProtectionDomain().getCodeSource().getLocation().toURI()),
            database.getHost(),
            database.getPort(),
            database.getPath().substring(1),
            storage.username().orElseThrow(),
            storage.password().orElseThrow());
  }

  @AfterEach
  void stop() {
    servers.stop(SERVER);
  }

  /** Each call writes a note in a transaction of the application, and asks the gate in it. */
  private void writesNotes(String application, String provider) {
    deployer.deploy(application);
    for (int i = 1; i <= 2; i++) {
      ServerClient.Answer answer = http.get("/" + application + "/write?of=%2B15550001111");
      assertThat(answer.body()).startsWith("Challenge " + i + " " + provider);
    }
    deployer.undeploy(application);
  }

  @Test
  @DisplayName("Beside the server's EclipseLink no setting is needed")
  void eclipseLink() {
    writesNotes(ECLIPSELINK, "org.eclipse.persistence.");
  }

  @Test
  @DisplayName("Beside an application's Hibernate the guide's settings suffice")
  void hibernate() {
    writesNotes(HIBERNATE, "org.hibernate.");
  }
}
