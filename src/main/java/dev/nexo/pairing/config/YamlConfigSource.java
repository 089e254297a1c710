package dev.nexo.pairing.config;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The settings of {@code pairing.yaml}. The files are those named in {@code PAIRING_CONFIG} (a
 * system property of that name or {@code pairing.config}, else the environment variable), separated
 * as in {@code PATH}, later ones winning key by key; else {@code pairing.yaml} in the server's
 * configuration directory, which may be missing.
 *
 * <p>Public only because {@link java.util.ServiceLoader} asks for it. A fault does not come out of
 * the constructor, where it would be a stack trace of the server's: the source is then empty, and
 * the check at the start reports it. Thread-safe: read once, never changed.
 */
public final class YamlConfigSource implements ConfigSource {

  /** Below environment variables (300) and system properties (400), above the defaults (100). */
  private static final int ORDINAL = 200;

  private static final String DEFAULT_FILE = "pairing.yaml";

  private final Map<String, String> settings;
  private final Optional<ConfigurationException> fault;
  private final String name;

  /** Reads the files that the process was started with. */
  public YamlConfigSource() {
    this(System::getProperty, System::getenv);
  }

  YamlConfigSource(UnaryOperator<String> properties, UnaryOperator<String> environment) {
    Map<String, String> read = new LinkedHashMap<>();
    List<Path> files = new ArrayList<>();
    Optional<ConfigurationException> problem = Optional.empty();
    try {
      files.addAll(files(properties, environment));
      files.forEach(file -> read.putAll(YamlFile.read(file)));
    } catch (ConfigurationException e) {
      read.clear();
      problem = Optional.of(e);
    }
    this.settings = Map.copyOf(read);
    this.fault = problem;
    this.name = DEFAULT_FILE + " " + files;
  }

  private static List<Path> files(
      UnaryOperator<String> properties, UnaryOperator<String> environment) {
    String named =
        firstSet(
            properties.apply("PAIRING_CONFIG"),
            properties.apply("pairing.config"),
            environment.apply("PAIRING_CONFIG"));
    if (named != null) {
      List<Path> files = new ArrayList<>();
      for (String path : named.split(File.pathSeparator, -1)) {
        if (!path.isBlank()) {
          files.add(path(path));
        }
      }
      return files;
    }
    String directory =
        firstSet(properties.apply("server.config.dir"), environment.apply("SERVER_CONFIG_DIR"));
    if (directory == null) {
      return List.of();
    }
    Path file = path(directory).resolve(DEFAULT_FILE);
    return Files.exists(file) ? List.of(file) : List.of();
  }

  private static Path path(String text) {
    try {
      return TextRules.asPath(text);
    } catch (InvalidPathException e) {
      throw ConfigurationException.ofFile(
          "PAIRING_CONFIG", "expected paths of files, separated by " + File.pathSeparator);
    }
  }

  private static String firstSet(String... candidates) {
    for (String candidate : candidates) {
      if (candidate != null && !candidate.isBlank()) {
        return candidate;
      }
    }
    return null;
  }

  /** What is wrong with the files, where something is. */
  Optional<ConfigurationException> fault() {
    return fault;
  }

  @Override
  public Map<String, String> getProperties() {
    return settings;
  }

  @Override
  public Set<String> getPropertyNames() {
    return settings.keySet();
  }

  @Override
  public String getValue(String propertyName) {
    return settings.get(propertyName);
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public int getOrdinal() {
    return ORDINAL;
  }
}
