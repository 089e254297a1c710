package dev.nexo.pairing.e2e;

import dev.nexo.pairing.e2e.discord.DiscordAdapter;
import dev.nexo.pairing.e2e.discord.GateServlet;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.hamcrest.Matcher;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.Asset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Builds applications that contain the module's jar from the build, and its libraries. */
final class ModuleArchive {

  /** The path of an application's own configuration. */
  static final String CONFIGURATION = "META-INF/microprofile-config.properties";

  /** The beans.xml that makes an archive a bean archive; the module's own is reused. */
  static final File BEANS_XML = new File("src/main/resources/META-INF/beans.xml");

  private ModuleArchive() {}

  /** The path of an application's database. */
  static Path database(String name) {
    return BuiltJars.TARGET.resolve("e2e").resolve(name).resolve("pairing.db");
  }

  /** An application without a database yet, with the libraries that tests inside it need. */
  static WebArchive application(String name) {
    return ShrinkWrap.create(WebArchive.class, name + ".war")
        .addAsLibraries(libraries())
        .addAsLibraries(tools())
        .addClasses(GateServlet.class, DiscordAdapter.class)
        .addAsWebInfResource(BEANS_XML)
        .addAsResource(configuration(name), CONFIGURATION);
  }

  /** The module's jar and its libraries. */
  static File[] libraries() {
    return Stream.concat(Stream.of(BuiltJars.jar("module")), BuiltJars.libraries().stream())
        .map(Path::toFile)
        .toArray(File[]::new);
  }

  /** A configuration with a new database and a key file in the same directory. */
  static Asset configuration(String name) {
    Path database = fresh(database(name));
    return new StringAsset(
        "pairing.storage.path=%s%npairing.setup_code.secret_path=%s%n"
            .formatted(database, database.resolveSibling("pairing.key")));
  }

  /** The test libraries, because the tests run inside the container. */
  private static File[] tools() {
    return Stream.of(Assertions.class, Awaitility.class, Matcher.class)
        .map(ModuleArchive::jarOf)
        .toArray(File[]::new);
  }

  private static File jarOf(Class<?> type) {
    try {
      return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path fresh(Path database) {
    try {
      for (String suffix : List.of("", "-wal", "-shm")) {
        Files.deleteIfExists(database.resolveSibling(database.getFileName() + suffix));
      }
      return database;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
