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
 * Reads {@code pairing.yaml}. {@code PAIRING_CONFIG} names the files, separated as in {@code PATH}:
 * a system property of that name or {@code pairing.config}, or else the environment variable. A
 * later file has precedence for each of its keys. If {@code PAIRING_CONFIG} is not set, the file is
 * {@code pairing.yaml} in the server's configuration directory, if it exists.
 *
 * <p>Public only because {@link java.util.ServiceLoader} requires it. The constructor throws
 * nothing, because the server would log a stack trace: if a file is invalid, the source is empty
 * and {@link #fault} returns the reason. Thread-safe: the files are read once.
 */
public final class YamlConfigSource implements ConfigSource {

  /** Below environment variables (300) and system properties (400), above the defaults (100). */
  private static final int ORDINAL = 200;

  private static final String DEFAULT_FILE = "pairing.yaml";

  private final Map<String, String> settings;
  private final Optional<ConfigurationException> fault;
  private final String name;

  /** Reads the files named by the system properties and the environment. */
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

  /** Returns what is wrong with the files; empty if they are valid. */
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
