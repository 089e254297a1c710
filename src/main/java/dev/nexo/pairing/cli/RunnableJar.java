package dev.nexo.pairing.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Main class of the runnable jar. It unpacks the program in the jar into {@code
 * $NEXO_HOME/pairing/program}, unless an earlier start did, and runs its script {@code
 * bin/nexo-pairing} until that ends. The directory is named after the jar's SHA-256, so that a
 * program is never half new. Programs of older jars stay there, because a server may still run
 * them. If this process is killed, the server ends too, as after SIGTERM.
 */
public final class RunnableJar {

  private static final String PREFIX = "program/";

  /**
   * Runs the script, and sends SIGTERM to it when standard input ends. Standard input is a pipe
   * from this process. When this process ends, even after SIGKILL, the operating system closes the
   * pipe.
   */
  private static final String SUPERVISED =
      """
      exec 3<&0 </dev/null
      (read -r never <&3; kill -TERM $$) >/dev/null 2>&1 &
      exec /bin/sh "$@" 3<&-
      """;

  private RunnableJar() {}

  /**
   * Unpacks and runs the server.
   *
   * @param arguments those of the script
   * @throws InterruptedException if the thread is interrupted
   */
  public static void main(String[] arguments) throws InterruptedException {
    int status;
    try {
      status = run(unpacked(jar(), programs()), arguments);
    } catch (IOException | UncheckedIOException e) {
      System.err.println("nexo-pairing: the program cannot be unpacked or started: " + e);
      status = 1;
    }
    // A signal has started the shutdown already. The status is then the signal's.
    System.exit(status);
  }

  private static Path jar() throws IOException {
    try {
      return Path.of(RunnableJar.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static Path programs() throws IOException {
    String home = System.getenv("NEXO_HOME");
    if (home == null || home.isEmpty()) {
      String user = System.getenv("HOME");
      if (user == null || user.isEmpty()) {
        throw new IOException("HOME is not set. Set NEXO_HOME to the directory for the data");
      }
      home = user + "/.nexo";
    }
    return Path.of(home).toAbsolutePath().resolve("pairing/program");
  }

  static Path unpacked(Path jar, Path programs) throws IOException {
    Path program = programs.resolve(digest(jar));
    if (Files.isDirectory(program)) {
      return program;
    }
    Files.createDirectories(
        programs,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path partial = Files.createTempDirectory(programs, "partial-");
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : Collections.list(file.entries())) {
        if (entry.getName().startsWith(PREFIX)) {
          copy(file, entry, partial);
        }
      }
    }
    try {
      Files.move(partial, program, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      // Another process was faster.
      delete(partial);
    }
    return program;
  }

  private static void copy(JarFile jar, JarEntry entry, Path root) throws IOException {
    Path target = root.resolve(entry.getName().substring(PREFIX.length())).normalize();
    if (!target.startsWith(root)) {
      throw new IOException("The jar is damaged: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    try (InputStream in = jar.getInputStream(entry)) {
      Files.copy(in, target);
    }
    if (target.getParent().equals(root.resolve("bin"))) {
      Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static String digest(Path jar) throws IOException {
    try (DigestInputStream in =
        new DigestInputStream(Files.newInputStream(jar), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IOException(e);
    }
  }

  private static void delete(Path root) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(root)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }

  static int run(Path program, String[] arguments) throws IOException, InterruptedException {
    String java = System.getProperty("java.home");
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", SUPERVISED, "sh", program + "/bin/nexo-pairing");
    builder.command().addAll(List.of(arguments));
    builder.environment().put("JAVA_HOME", java);
    Process server = builder.inheritIO().redirectInput(ProcessBuilder.Redirect.PIPE).start();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.destroy();
                  try {
                    server.waitFor();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                },
                "stop-server"));
    return server.waitFor();
  }
}
