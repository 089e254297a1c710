package dev.nexo.pairing.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/** A configuration of files, an environment and system properties, for one test. */
record Given(List<Path> files, Map<String, String> environment, Map<String, String> properties) {

  static Given nothing() {
    return new Given(List.of(), Map.of(), Map.of());
  }

  static Given yaml(String... texts) {
    return new Given(
        List.of(texts).stream().map(text -> file(text.getBytes(UTF_8))).toList(),
        Map.of(),
        Map.of());
  }

  static Given files(Path... files) {
    return new Given(List.of(files), Map.of(), Map.of());
  }

  static Given environment(String name, String value) {
    return nothing().andEnvironment(name, value);
  }

  Given andEnvironment(String name, String value) {
    return new Given(files, with(environment, name, value), properties);
  }

  Given andProperty(String name, String value) {
    return new Given(files, environment, with(properties, name, value));
  }

  /** The configuration in force, checked. */
  EffectiveConfig read() {
    return ConfigurationValidator.validated(config());
  }

  SettingsProducer settings() {
    return new SettingsProducer(read());
  }

  /** The file {@code pairing.yaml} of a server's directory, which may be missing. */
  Given inDirectory(Path directory) {
    return andProperty("server.config.dir", directory.toString());
  }

  YamlConfigSource source() {
    String paths =
        files.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    Map<String, String> names = with(properties, "PAIRING_CONFIG", paths);
    return new YamlConfigSource(names::get, name -> null);
  }

  private Config config() {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withSources(
            source(),
            new EnvConfigSource(environment, 300),
            new PropertiesConfigSource(properties, "SysPropConfigSource", 400))
        .build();
  }

  /** A file that is gone after the tests. */
  static Path file(byte[] content) {
    try {
      Path file = Files.createTempFile("pairing", ".yaml");
      file.toFile().deleteOnExit();
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> with(Map<String, String> map, String name, String value) {
    Map<String, String> more = new HashMap<>(map);
    more.put(name, value);
    return Map.copyOf(more);
  }
}
