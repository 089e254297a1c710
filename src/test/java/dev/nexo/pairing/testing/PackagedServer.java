package dev.nexo.pairing.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The packaged server, started by Liberty's script as an operator starts it. It is a copy with its
 * own {@code WLP_USER_DIR}, {@code NEXO_HOME} and port, which it keeps when restarted. Its files
 * are in {@code target/e2e/<name>} and remain there after the test, to find out why a test failed.
 *
 * <p>Every test that uses it also shows that the packaged server can be copied to another
 * directory.
 */
public final class PackagedServer implements AutoCloseable {

  private static final String SERVER = "pairing";

  /** The timeout of a cold start on a busy machine. */
  private static final Duration START_PATIENCE = Duration.ofSeconds(150);

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Path LIBERTY = Path.of(System.getProperty("liberty.home")).toAbsolutePath();

  private final Path directory;
  private final Path serverDirectory;
  private final int port;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final Thread lastResort = new Thread(this::kill, "kill-packaged-server");
  private Process process;
  private int starts;

  /**
   * Copies the server without starting it.
   *
   * @param name the directory in target/e2e; files of an earlier run are deleted
   */
  public PackagedServer(String name) {
    directory = Path.of("target", "e2e", name).toAbsolutePath();
    serverDirectory = directory.resolve("usr/servers").resolve(SERVER);
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
      delete(directory);
      copy(LIBERTY.resolve("usr/servers").resolve(SERVER), serverDirectory);
      Files.createDirectories(home());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // An aborted test run does not call close().
    Runtime.getRuntime().addShutdownHook(lastResort);
  }

  /** Sets an environment variable of the server, or removes it if the value is null. */
  public PackagedServer environment(String name, String value) {
    if (value == null) {
      environment.remove(name);
    } else {
      environment.put(name, value);
    }
    return this;
  }

  /** Replaces the server's pairing.yaml. */
  public PackagedServer yaml(String text) {
    try {
      Files.writeString(serverDirectory.resolve("pairing.yaml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Adds server configuration that overrides {@code server.xml}. */
  public PackagedServer override(String name, String xml) {
    try {
      Path overrides = serverDirectory.resolve("configDropins/overrides");
      Files.createDirectories(overrides);
      Files.writeString(overrides.resolve(name), xml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Starts the server and waits until it is ready. */
  public PackagedServer start() {
    launch();
    awaitReady();
    return this;
  }

  /** Starts the server and returns at once. */
  public PackagedServer launch() {
    if (isRunning()) {
      throw new IllegalStateException("It runs already");
    }
    starts++;
    ProcessBuilder builder =
        new ProcessBuilder(LIBERTY.resolve("bin/server").toString(), "run", SERVER)
            .redirectErrorStream(true)
            .redirectOutput(consoleFile().toFile());
    Map<String, String> inherited = builder.environment();
    // The developer's own environment must not affect this server.
    inherited.keySet().removeIf(PackagedServer::isOurs);
    inherited.put("JAVA_HOME", System.getProperty("java.home"));
    // Tests start it often and run it briefly, so the C2 compiler would only cost time. Some fill
    // the database with a million rows, which needs the large profile.
    inherited.put("JVM_ARGS", "-XX:TieredStopAtLevel=1 -XX:-UseSerialGC -Xmx4g");
    inherited.put("WLP_USER_DIR", directory.resolve("usr").toString());
    inherited.put("HTTP_PORT", Integer.toString(port));
    inherited.put("NEXO_HOME", home().toString());
    // Some tests challenge many strangers. What a test sets itself overrides this.
    inherited.put("PAIRING_POLICY_CHALLENGES_PER_HOUR", "100000");
    inherited.putAll(environment);
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  private static boolean isOurs(String name) {
    return Stream.of("PAIRING_", "NEXO_", "WLP_", "HTTP_", "HTTPS_", "LOG_", "METRICS_", "JAVA_")
        .anyMatch(name::startsWith);
  }

  /** Waits until the server is ready. Fails at once if its process has ended. */
  public void awaitReady() {
    ServerClient anyone = ServerClient.anyone(port);
    await("ready, see " + consoleFile())
        .atMost(START_PATIENCE)
        .pollInterval(POLL)
        .failFast("the server has ended, see " + consoleFile(), () -> !isRunning())
        .until(() -> anyone.status("/health/ready").equals(Optional.of(200)));
  }

  /**
   * Waits until the server answers, ready or not; an application may fail before the port opens.
   */
  public void awaitAnswer() {
    ServerClient anyone = ServerClient.anyone(port);
    await("an answer, see " + consoleFile())
        .atMost(START_PATIENCE)
        .pollInterval(POLL)
        .until(() -> anyone.status("/health/ready").isPresent());
  }

  /** Stops the server normally, like {@code kill} or Ctrl-C. */
  public void stop() {
    end(false);
  }

  /** Kills the server with SIGKILL, so that it cannot clean up. */
  public void kill() {
    end(true);
  }

  /** The Java process. The script replaces itself by Java, or else Java is its child. */
  private void end(boolean forcibly) {
    if (process == null) {
      return;
    }
    Stream<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList().stream();
    all.forEach(one -> end(one, forcibly));
    try {
      if (!process.waitFor(45, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static void end(ProcessHandle one, boolean forcibly) {
    boolean asked = forcibly ? one.destroyForcibly() : one.destroy();
    if (!asked && one.isAlive()) {
      throw new IllegalStateException("Process " + one.pid() + " cannot be ended");
    }
  }

  /** Whether the process is alive. */
  public boolean isRunning() {
    return process != null && process.isAlive();
  }

  /** The Java process, by which the script has replaced itself. */
  public long pid() {
    return process.pid();
  }

  /** The port on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** The server's NEXO_HOME. */
  public Path home() {
    return directory.resolve("home");
  }

  /** The server's SQLite file. */
  public Path database() {
    return home().resolve("data/pairing.db");
  }

  /** The directory of the configuration and log files. */
  public Path serverDirectory() {
    return serverDirectory;
  }

  /**
   * A client with the operator's password, for servers that share a database. Two servers that
   * start at the same time may each write a password; only one is valid, on both servers.
   */
  public ServerClient operatorSharedWith(PackagedServer other) {
    return Stream.of(this, other)
        .filter(server -> Files.exists(server.home().resolve("secret/operator.password")))
        .map(server -> ServerClient.operator(port, server.operatorPassword()))
        .filter(client -> client.status("/api/v1/pending").equals(Optional.of(200)))
        .findFirst()
        .orElseThrow();
  }

  /** The password that the server generated at its first start. */
  public String operatorPassword() {
    try {
      return Files.readString(home().resolve("secret/operator.password")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A client with the operator's credentials. */
  public ServerClient operator() {
    return ServerClient.operator(port, operatorPassword());
  }

  /** A client without credentials. */
  public ServerClient anyone() {
    return ServerClient.anyone(port);
  }

  /** The console output since the last start. */
  public String console() {
    try {
      return Files.readString(consoleFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All log and console files of the server. */
  public Stream<Path> logFiles() {
    try {
      return Stream.concat(Files.walk(serverDirectory.resolve("logs")), Files.list(directory))
          .filter(Files::isRegularFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path consoleFile() {
    return directory.resolve("console-" + starts + ".log");
  }

  @Override
  public void close() {
    kill();
    try {
      Runtime.getRuntime().removeShutdownHook(lastResort);
    } catch (IllegalStateException e) {
      // This virtual machine is shutting down, so the hook cannot be removed.
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path source : all.toList()) {
        Path target = to.resolve(from.relativize(source).toString());
        if (Files.isDirectory(source)) {
          Files.createDirectories(target);
        } else if (!from.relativize(source).startsWith("logs")) {
          Files.copy(source, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  private static void delete(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException fault)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
