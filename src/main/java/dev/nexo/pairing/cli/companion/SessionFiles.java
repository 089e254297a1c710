package dev.nexo.pairing.cli.companion;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.client.PrivateFiles;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.codec.Sha256;
import dev.nexo.pairing.companion.SessionToken;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;

/**
 * The sessions of this user, two files each under {@code $NEXO_HOME/pairing/sessions}: {@code
 * <label>.token} holds the bare token and a line's end, for scripts; {@code <label>.json} where it
 * counts, and the token's SHA-256, so that a token is never sent where another one belongs. Both
 * are 0600 in directories of 0700. Thread-safe, also against other processes.
 */
final class SessionFiles {

  /** Larger than any such file. */
  private static final int MAX_BYTES = 16 * 1024;

  private static final String TOKEN = ".token";

  private final Path directory;

  /** Those under that home. */
  SessionFiles(Path nexoHome) {
    directory = nexoHome.resolve("pairing").resolve("sessions").toAbsolutePath();
  }

  /** Where the token of that label lies. */
  Path tokenPath(String label) {
    return directory.resolve(SessionLabels.fileName(label) + TOKEN);
  }

  private Path placePath(String label) {
    return directory.resolve(SessionLabels.fileName(label) + ".json");
  }

  /**
   * Makes the directories, where they are missing.
   *
   * @throws CommandException where they cannot be written to
   */
  void prepare() {
    try {
      PrivateFiles.makeDirectories(directory);
      Files.delete(PrivateFiles.draft(directory));
    } catch (IOException e) {
      throw new CommandException("No session can be kept in " + directory + ": " + reason(e), e);
    }
  }

  /** The label of the session that is here alone; the default one where there is none, or more. */
  String onlyLabel() {
    try (DirectoryStream<Path> tokens = Files.newDirectoryStream(directory, "*.token")) {
      Iterator<Path> all = tokens.iterator();
      if (all.hasNext()) {
        String name = all.next().getFileName().toString();
        return all.hasNext()
            ? SessionLabels.DEFAULT
            : name.substring(0, name.length() - TOKEN.length());
      }
    } catch (IOException | DirectoryIteratorException e) {
      // As good as empty; whoever looks for the default one hears why.
    }
    return SessionLabels.DEFAULT;
  }

  /**
   * Keeps a session in place of the one of that label.
   *
   * @throws CommandException where the files cannot be written
   */
  void keep(String label, StoredSession session) {
    try {
      PrivateFiles.makeDirectories(directory);
      alone(
          () -> {
            PrivateFiles.replace(tokenPath(label), session.token().value() + "\n");
            PrivateFiles.replace(placePath(label), place(session) + "\n");
            return null;
          });
    } catch (IOException e) {
      throw new CommandException(
          "The session cannot be kept in " + directory + ": " + reason(e), e);
    }
  }

  /**
   * The session of that label.
   *
   * @throws CommandException where there is none, or its two files do not belong together
   */
  StoredSession find(String label) {
    try {
      return alone(() -> read(label));
    } catch (NoSuchFileException e) {
      throw new CommandException(
          "There is no session "
              + SessionLabels.fileName(label)
              + " in "
              + directory
              + "; pair first",
          e);
    } catch (IOException e) {
      throw new CommandException("The session cannot be read: " + reason(e), e);
    }
  }

  private StoredSession read(String label) throws IOException {
    String token = read(tokenPath(label)).strip();
    JsonObject place =
        ForeignJson.read(read(placePath(label)).getBytes(StandardCharsets.UTF_8))
            .orElseThrow(() -> broken(label));
    String url = Json.text(place, "url");
    if (url == null || !Sha256.hex(token).equals(Json.text(place, "token_sha256"))) {
      throw broken(label);
    }
    return new StoredSession(
        new SessionToken(token),
        url,
        Json.text(place, "session_id"),
        Json.text(place, "expires_at"));
  }

  /**
   * Writes down what the server said of a session; nothing where its files hold another token by
   * now, or none. The token's file stays as it is.
   *
   * @throws CommandException where the files cannot be read or written
   */
  void describe(String label, StoredSession session) {
    try {
      alone(
          () -> {
            if (session.token().value().equals(token(label))) {
              PrivateFiles.replace(placePath(label), place(session) + "\n");
            }
            return null;
          });
    } catch (IOException e) {
      throw new CommandException(
          "The session cannot be kept in " + directory + ": " + reason(e), e);
    }
  }

  /** The token that lies there now, or null. */
  private String token(String label) throws IOException {
    try {
      return read(tokenPath(label)).strip();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /**
   * Forgets the session of that label, unless its files hold another token by now.
   *
   * @return whether nothing is left of it; false where another session lies there, which stays
   * @throws CommandException where its files cannot be read or removed
   */
  boolean forget(String label, SessionToken token) {
    try {
      return alone(
          () -> {
            String there = token(label);
            if (there != null && !there.equals(token.value())) {
              return false;
            }
            Files.deleteIfExists(tokenPath(label));
            Files.deleteIfExists(placePath(label));
            PrivateFiles.settle(directory);
            return true;
          });
    } catch (IOException e) {
      throw new CommandException("The session's files cannot be removed: " + reason(e), e);
    }
  }

  /** While nobody else, in this process or another one, is at these files. */
  private synchronized <T> T alone(Work<T> work) throws IOException {
    try (FileChannel lock =
        FileChannel.open(
            directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      // Closing the file lets go of it.
      lock.lock();
      return work.run();
    }
  }

  /** Something done with the files. */
  private interface Work<T> {
    T run() throws IOException;
  }

  private static String place(StoredSession session) {
    JsonObjectBuilder json =
        Json.object()
            .add("url", session.url())
            .add("token_sha256", Sha256.hex(session.token().value()));
    Json.add(json, "session_id", session.sessionId());
    Json.add(json, "expires_at", session.expiresAt());
    return json.build().toString();
  }

  private static String read(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException(path + " is larger than a session");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private static CommandException broken(String label) {
    return new CommandException(
        "The files of the session "
            + SessionLabels.fileName(label)
            + " do not belong together; pair again");
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName().replace("Exception", "") + " " + e.getMessage();
  }
}
