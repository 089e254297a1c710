package dev.nexo.pairing.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A real nats-server on a free port; keeps its port over restarts. Its files are under target. */
public final class NatsServer implements AutoCloseable {

  private final int port;
  private final Path directory;
  private Process process;

  private NatsServer(String configuration) {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
      directory = Files.createDirectories(Path.of("target", "nats", "port-" + port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    configure(configuration);
  }

  /** Replaces its configuration; one that runs is told so, and keeps whom it still lets in. */
  public void configure(String configuration) {
    try {
      Files.writeString(
          directory.resolve("nats.conf"),
          "host: 127.0.0.1\nport: " + port + "\n" + configuration + "\n");
      if (process != null && process.isAlive()) {
        new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start().waitFor();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A server that runs. */
  public static NatsServer started() {
    return started("");
  }

  /**
   * A server that runs.
   *
   * @param configuration lines for its configuration file
   */
  public static NatsServer started(String configuration) {
    NatsServer server = new NatsServer(configuration);
    server.start();
    return server;
  }

  /** A server that has its port and does not run yet. */
  public static NatsServer stopped() {
    return new NatsServer("");
  }

  /** Starts it, again on the same port, and waits until it takes connections. */
  public void start() {
    try {
      process =
          new ProcessBuilder(
                  Programs.find("nats-server").orElseThrow().toString(),
                  "-c",
                  directory.resolve("nats.conf").toString())
              .redirectErrorStream(true)
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(directory.resolve("nats.log").toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await().atMost(Duration.ofSeconds(10)).until(this::isListening);
  }

  private boolean isListening() {
    try (Socket probe = new Socket()) {
      probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Its process. */
  public long pid() {
    return process.pid();
  }

  /** Kills it with SIGKILL, as a power cut would. */
  public void kill() {
    end(true);
  }

  /** Stops it in good order. */
  public void stop() {
    end(false);
  }

  private void end(boolean forcibly) {
    if (process == null) {
      return;
    }
    try {
      if (forcibly) {
        process.destroyForcibly();
      } else {
        process.destroy();
      }
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Its port on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** Its URL. */
  public String url() {
    return "nats://127.0.0.1:" + port;
  }

  /** A client of the test's own that reads NATS's own protocol. */
  public RawNats client() {
    return RawNats.connect(port, "{\"verbose\":false,\"headers\":true}");
  }

  @Override
  public void close() {
    kill();
  }
}
