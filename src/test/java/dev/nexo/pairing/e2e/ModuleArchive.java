package dev.nexo.pairing.e2e;

import dev.nexo.pairing.e2e.pager.Doorman;
import dev.nexo.pairing.e2e.pager.PagerAdapter;
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
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ExplodedImporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * Another application with the module in its {@code WEB-INF/lib}: every room but {@code http} as a
 * jar, and the libraries that the packaged WAR has.
 */
final class ModuleArchive {

  private static final Path TARGET = Path.of("target").toAbsolutePath();

  private ModuleArchive() {}

  /** Where an application's database lies. */
  static Path database(String name) {
    return TARGET.resolve("e2e").resolve(name).resolve("pairing.db");
  }

  /** The application of that name, its database not there yet. */
  static WebArchive application(String name) {
    WebArchive war =
        ShrinkWrap.create(WebArchive.class, name + ".war")
            .addAsLibrary(module())
            .addAsLibraries(libraries())
            .addClasses(Doorman.class, PagerAdapter.class)
            .addAsWebInfResource(new File("src/main/resources/META-INF/beans.xml"));
    return war.addAsResource(
        new StringAsset(configuration(fresh(database(name)))),
        "META-INF/microprofile-config.properties");
  }

  private static String configuration(Path database) {
    return "pairing.storage.path=%s%npairing.setup_code.secret_path=%s%n"
        .formatted(database, database.resolveSibling("pairing.key"));
  }

  private static JavaArchive module() {
    return ShrinkWrap.create(JavaArchive.class, "nexo-pairing-module.jar")
        .as(ExplodedImporter.class)
        .importDirectory(
            TARGET.resolve("classes").toFile(), Filters.exclude(".*/dev/nexo/pairing/http/.*"))
        .as(JavaArchive.class);
  }

  private static File[] libraries() {
    try (Stream<Path> exploded = Files.list(TARGET);
        Stream<Path> jars =
            Files.list(
                exploded
                    .filter(path -> path.getFileName().toString().startsWith("nexo-pairing-"))
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElseThrow()
                    .resolve("WEB-INF/lib"))) {
      // The tests run inside the container, and so does what they are written with.
      Stream<Path> tools =
          Stream.of(Assertions.class, Awaitility.class, Matcher.class).map(ModuleArchive::jarOf);
      return Stream.concat(jars, tools).map(Path::toFile).toArray(File[]::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path jarOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
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
