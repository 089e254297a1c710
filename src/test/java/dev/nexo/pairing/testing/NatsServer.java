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

/** A real nats-server on a free port, which it keeps when restarted. Its files are in target. */
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

  /** Replaces the configuration. A running server reloads it and keeps permitted connections. */
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

  /** Starts a server with the default configuration. */
  public static NatsServer started() {
    return started("");
  }

  /**
   * Starts a server.
   *
   * @param configuration lines of its configuration file
   */
  public static NatsServer started(String configuration) {
    NatsServer server = new NatsServer(configuration);
    server.start();
    return server;
  }

  /** Reserves a port for a server without starting it. */
  public static NatsServer stopped() {
    return new NatsServer("");
  }

  /** Starts the server on its port and waits until it accepts connections. */
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

  /** The process of the server. */
  public long pid() {
    return process.pid();
  }

  /** Kills the server with SIGKILL, like a power failure. */
  public void kill() {
    end(true);
  }

  /** Stops the server normally. */
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

  /** The port on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** The URL of the server. */
  public String url() {
    return "nats://127.0.0.1:" + port;
  }

  /** Opens a client that is independent of the NATS library. */
  public RawNats client() {
    return RawNats.connect(port, "{\"verbose\":false,\"headers\":true}");
  }

  @Override
  public void close() {
    kill();
  }
}
