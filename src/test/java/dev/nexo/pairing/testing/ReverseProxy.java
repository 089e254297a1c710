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

/** A real nginx or HAProxy on a free port of 127.0.0.1. Its files are under target. */
public final class ReverseProxy implements AutoCloseable {

  private final int port;
  private final Process process;

  private ReverseProxy(int port, Process process) {
    this.port = port;
    this.process = process;
    await().atMost(Duration.ofSeconds(20)).until(this::listens);
  }

  /**
   * An nginx in front of a server.
   *
   * @param location lines for the location of all paths
   */
  public static ReverseProxy nginx(int server, String location) {
    int port = freePort();
    Path directory = directory("nginx", port);
    String configuration =
        """
        daemon off; pid %1$s/nginx.pid; error_log %1$s/error.log;
        events {}
        http {
          access_log off;
          client_body_temp_path %1$s/bodies; proxy_temp_path %1$s/answers;
          fastcgi_temp_path %1$s/a; uwsgi_temp_path %1$s/b; scgi_temp_path %1$s/c;
          proxy_http_version 1.1;
          server {
            listen 127.0.0.1:%2$d;
            location / {
              proxy_pass http://127.0.0.1:%3$d;
              %4$s
            }
          }
        }
        """
            .formatted(directory, port, server, location);
    return new ReverseProxy(port, start(directory, configuration, "nginx", "-c"));
  }

  /**
   * A HAProxy in front of a server.
   *
   * @param frontend lines for the frontend, without its bind
   */
  public static ReverseProxy haproxy(int server, String frontend) {
    int port = freePort();
    String configuration =
        """
        defaults
          mode http
          timeout connect 5s
          timeout client 30s
          timeout server 30s
        frontend tested
          bind 127.0.0.1:%d
          %s
          default_backend server
        backend server
          server one 127.0.0.1:%d
        """
            .formatted(port, frontend, server);
    return new ReverseProxy(
        port, start(directory("haproxy", port), configuration, "haproxy", "-db", "-f"));
  }

  private static int freePort() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path directory(String name, int port) {
    try {
      return Files.createDirectories(Path.of("target", name, "port-" + port).toAbsolutePath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Process start(Path directory, String configuration, String... command) {
    try {
      Path file = Files.writeString(directory.resolve("conf"), configuration);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("console.log").toFile());
      builder.command().set(0, Programs.find(command[0]).orElseThrow().toString());
      builder.command().add(file.toString());
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean listens() {
    try (Socket probe = new Socket()) {
      probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Its port on 127.0.0.1. */
  public int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
