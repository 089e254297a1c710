package dev.nexo.pairing.testing;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Creates the two servers of {@code arquillian.xml} before the first integration test: the shipped
 * server without its application, with one file of {@code src/test/liberty} added. Puts their names
 * and ports into system properties.
 *
 * <p>A server is named after its port. Arquillian finds a running server by its name, so no other
 * checkout may have a server of this name, and neither of the two names may be part of the other.
 */
public final class ArquillianServers implements LauncherSessionListener {

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    String liberty = System.getProperty("liberty.home");
    // Unit tests need no server. One test run may open several sessions.
    if (liberty == null || System.getProperty("arquillian.server") != null) {
      return;
    }
    Path servers = Path.of(liberty, "usr", "servers");
    try (ServerSocket first = freePort();
        ServerSocket second = freePort()) {
      create(servers, "arquillian", "arquillian", first.getLocalPort());
      create(servers, "arquillian.jpa", "jpa", second.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServerSocket freePort() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static void create(Path servers, String property, String kind, int port)
      throws IOException {
    String name = kind + "-" + port;
    Path server = servers.resolve(name);
    Path overrides = Files.createDirectories(server.resolve("configDropins/overrides"));
    Files.createDirectories(server.resolve("apps"));
    Files.createDirectories(server.resolve("dropins"));
    for (String file : new String[] {"server.xml", "server.env", "jvm.options"}) {
      Files.copy(servers.resolve("pairing").resolve(file), server.resolve(file), REPLACE_EXISTING);
    }
    // Arquillian's adapter finds the server's process by its performance data.
    Files.writeString(server.resolve("jvm.options"), "\n-XX:+UsePerfData\n", APPEND);
    Files.copy(
        Path.of("src/test/liberty", kind + ".xml"),
        overrides.resolve(kind + ".xml"),
        REPLACE_EXISTING);
    Files.writeString(server.resolve("bootstrap.properties"), "HTTP_PORT=" + port + "\n");
    System.setProperty(property + ".server", name);
    System.setProperty(property + ".http.port", Integer.toString(port));
  }
}
