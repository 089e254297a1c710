package dev.nexo.pairing.config;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
 * and {@link #fault} returns the reason. Thread-safe: the files are read once. {@link #readAgain}
 * creates another source from them.
 */
public final class YamlConfigSource implements ConfigSource {

  /** Below environment variables (300) and system properties (400), above the defaults (100). */
  private static final int ORDINAL = 200;

  private static final String DEFAULT_FILE = "pairing.yaml";

  private final UnaryOperator<String> properties;
  private final UnaryOperator<String> environment;
  private final Map<String, String> settings;
  private final Map<String, String> origins;
  private final List<Path> files;
  private final Set<Path> filled;
  private final FileDigests digests;
  private final Optional<ConfigurationException> fault;
  private final String name;

  /** Reads the files named by the system properties and the environment. */
  public YamlConfigSource() {
    this(System::getProperty, System::getenv);
  }

  YamlConfigSource(UnaryOperator<String> properties, UnaryOperator<String> environment) {
    this.properties = properties;
    this.environment = environment;
    Map<String, String> read = new LinkedHashMap<>();
    Map<String, String> places = new LinkedHashMap<>();
    List<Path> named = new ArrayList<>();
    List<Path> present = new ArrayList<>();
    Set<Path> notBlank = new LinkedHashSet<>();
    FileDigests before = FileDigests.of(List.of());
    Optional<ConfigurationException> problem = Optional.empty();
    try {
      named.addAll(files(properties, environment));
      before = FileDigests.of(named);
      present.addAll(named);
      if (named(properties, environment) == null) {
        present.removeIf(file -> !Files.exists(file));
      }
      for (Path file : present) {
        YamlFile.Content content = YamlFile.read(file);
        read.putAll(content.settings());
        places.putAll(content.origins());
        if (!content.blank()) {
          notBlank.add(file);
        }
      }
    } catch (ConfigurationException e) {
      read.clear();
      problem = Optional.of(e);
    }
    this.settings = Map.copyOf(read);
    this.origins = Map.copyOf(places);
    this.files = List.copyOf(named);
    this.filled = Set.copyOf(notBlank);
    this.digests = before;
    this.fault = problem;
    this.name = DEFAULT_FILE + " " + present;
  }

  /** Returns {@code PAIRING_CONFIG}, or null. */
  private static String named(UnaryOperator<String> properties, UnaryOperator<String> environment) {
    return firstSet(
        properties.apply("PAIRING_CONFIG"),
        properties.apply("pairing.config"),
        environment.apply("PAIRING_CONFIG"));
  }

  /** Returns the files, of which the one in the configuration directory may not exist. */
  private static List<Path> files(
      UnaryOperator<String> properties, UnaryOperator<String> environment) {
    String named = named(properties, environment);
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
    return List.of(path(directory).resolve(DEFAULT_FILE));
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

  /** Reads the same files again, into another source. */
  YamlConfigSource readAgain() {
    return new YamlConfigSource(properties, environment);
  }

  /** Returns the files to read, of which the one in the configuration directory may not exist. */
  List<Path> files() {
    return files;
  }

  /** Returns the files that contain more than comments and white space. */
  Set<Path> filled() {
    return filled;
  }

  /** Returns what was in the files immediately before they were read. */
  FileDigests digests() {
    return digests;
  }

  /** Returns the file and line of a value, for messages. */
  String origin(String propertyName) {
    return origins.getOrDefault(propertyName, name);
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
