package dev.nexo.pairing.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("URLs of migrations with decoded paths")
class DecodedUrlsTest {

  @TempDir Path directory;

  @ParameterizedTest(name = "in {0}")
  @ValueSource(strings = {"plain", "with space", "a+b", "a + b", "50%", "café"})
  @DisplayName("A resource has its decoded path, and is readable")
  void decodes(String name) throws Exception {
    Path root = Files.createDirectory(directory.resolve(name));
    Files.writeString(root.resolve("V1__one.sql"), "select 1");
    try (URLClassLoader files = new URLClassLoader(new URL[] {root.toUri().toURL()}, null)) {
      List<URL> urls = Collections.list(new DecodedUrls(files).getResources("V1__one.sql"));
      assertThat(urls).hasSize(1);
      assertThat(urls.get(0).getPath()).isEqualTo(root.resolve("V1__one.sql").toString());
      try (InputStream in = urls.get(0).openStream()) {
        assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("select 1");
      }
      assertThat(new DecodedUrls(files).getResource("missing")).isNull();
    }
  }

  @Test
  @DisplayName("Flyway finds migrations with a class loader that knows no directories")
  void withoutDirectories() throws Exception {
    Path jar = directory.resolve("module.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (String name : List.of("tables/flyway.location", "tables/V1__one.sql")) {
        out.putNextEntry(new JarEntry(name));
        out.write("select 1".getBytes(UTF_8));
      }
    }
    try (URLClassLoader files = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      ClassLoader known = Flyway.class.getClassLoader();
      ClassLoader both =
          new ClassLoader(known) {
            @Override
            protected Enumeration<URL> findResources(String name) throws IOException {
              return files.getResources(name);
            }

            @Override
            protected URL findResource(String name) {
              return files.getResource(name);
            }
          };
      Flyway flyway =
          Flyway.configure(new DecodedUrls(both))
              .dataSource("jdbc:sqlite:" + directory.resolve("one.db"), null, null)
              .locations("classpath:tables")
              .load();
      assertThat(flyway.migrate().migrationsExecuted).isEqualTo(1);
    }
  }
}
