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
    return nginxSite(
        server,
        """
        proxy_http_version 1.1;
        server {
          listen 443 ssl;
          location / {
            proxy_pass http://127.0.0.1:9080;
            %s
          }
        }
        """
            .formatted(location));
  }

  /**
   * An nginx with the configuration of a site, without its TLS.
   *
   * @param site a site that listens on port 443 and passes requests to port 9080
   */
  public static ReverseProxy nginxSite(int server, String site) {
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
          %2$s
        }
        """
            .formatted(
                directory,
                site.replaceAll("(?m)^ *ssl_.*$", "")
                    .replace("listen 443 ssl", "listen 127.0.0.1:" + port)
                    .replace("127.0.0.1:9080", "127.0.0.1:" + server));
    return new ReverseProxy(port, start(directory, configuration, "nginx", "-c"));
  }

  /**
   * A HAProxy with a whole configuration, without its TLS.
   *
   * @param configuration one that listens on port 443 and passes requests to port 9080
   */
  public static ReverseProxy haproxy(int server, String configuration) {
    int port = freePort();
    String tested =
        configuration
            .replaceAll("bind :443 ssl crt \\S+", "bind 127.0.0.1:" + port)
            .replace("127.0.0.1:9080", "127.0.0.1:" + server);
    return new ReverseProxy(
        port, start(directory("haproxy", port), tested, "haproxy", "-db", "-f"));
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
