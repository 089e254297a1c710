package dev.nexo.pairing.cli.companion;

import dev.nexo.pairing.CopiedText;
import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.client.SecretFile;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.FileAccess;
import dev.nexo.pairing.codec.Sha256;
import dev.nexo.pairing.companion.SessionToken;
import dev.nexo.pairing.platform.PrivateFile;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;

/**
 * Stores the sessions of this user, each in two files in {@code $NEXO_HOME/pairing/sessions}:
 * {@code <label>.token} contains the token and a line end, for scripts; {@code <label>.json}
 * contains the server's URL and the token's SHA-256, so that a token is never sent to another
 * server. Both have mode 0600 in directories of mode 0700. Thread-safe, also between processes.
 */
final class SessionFiles {

  /** The label of a session without a name. */
  static final String DEFAULT_LABEL = "default";

  private static final int MAX_LABEL = 64;
  private static final String TOKEN = ".token";

  private final Path directory;

  SessionFiles(Path nexoHome) {
    directory = nexoHome.resolve("pairing").resolve("sessions").toAbsolutePath();
  }

  /**
   * Converts a label to a part of a file name: every character except ASCII letters, digits, {@code
   * -} and {@code _} becomes {@code _}, after 64 characters it is cut. What surrounds a copied
   * label ({@link CopiedText#unquoted}) is no part of it. Other letters have several spellings in
   * file names; labels that differ only in them share a file.
   *
   * @param label null or empty for {@value #DEFAULT_LABEL}
   */
  static String fileName(String label) {
    String plain = label == null ? "" : CopiedText.unquoted(label);
    if (plain.isEmpty()) {
      return DEFAULT_LABEL;
    }
    int characters = Math.min(MAX_LABEL, plain.codePointCount(0, plain.length()));
    return plain
        .substring(0, plain.offsetByCodePoints(0, characters))
        .replaceAll("[^A-Za-z0-9_-]", "_");
  }

  /** Returns the file with the token of a session. */
  Path tokenPath(String label) {
    return directory.resolve(fileName(label) + TOKEN);
  }

  private Path placePath(String label) {
    return directory.resolve(fileName(label) + ".json");
  }

  /**
   * Creates the directories if they are missing.
   *
   * @throws CommandException if they are not writable
   */
  void prepare() {
    try {
      makeDirectories();
      PrivateFile.draft(tokenPath(null)).close();
    } catch (IOException e) {
      throw new CommandException("Sessions cannot be stored in " + directory + ": " + reason(e), e);
    }
  }

  private void makeDirectories() throws IOException {
    PrivateFile.makeDirectory(directory.getParent());
    PrivateFile.makeDirectory(directory);
  }

  /** Returns the label of the only session, or the default label if there are none or several. */
  String onlyLabel() {
    try (DirectoryStream<Path> tokens = Files.newDirectoryStream(directory, "*" + TOKEN)) {
      Iterator<Path> all = tokens.iterator();
      if (all.hasNext()) {
        String name = all.next().getFileName().toString();
        return all.hasNext() ? DEFAULT_LABEL : name.substring(0, name.length() - TOKEN.length());
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Treated as empty; reading the default session then reports the reason.
    }
    return DEFAULT_LABEL;
  }

  /**
   * Stores a session, replacing the one with the same label.
   *
   * @throws CommandException if the files cannot be written
   */
  void keep(String label, StoredSession session) {
    try {
      makeDirectories();
      locked(
          () -> {
            PrivateFile.replace(tokenPath(label), session.token().value());
            PrivateFile.replace(placePath(label), place(session));
            return null;
          });
    } catch (IOException e) {
      throw notKept(e);
    }
  }

  /**
   * Reads the session with a label.
   *
   * @throws CommandException if there is none, or its two files do not match
   */
  StoredSession find(String label) {
    try {
      return locked(() -> read(label));
    } catch (NoSuchFileException e) {
      throw new CommandException(
          "There is no session " + fileName(label) + " in " + directory + "; pair first", e);
    } catch (IOException e) {
      throw new CommandException("The session cannot be read: " + reason(e), e);
    }
  }

  private StoredSession read(String label) throws IOException {
    String token = read(tokenPath(label)).strip();
    JsonObject place = Json.read(read(placePath(label))).orElseThrow(() -> broken(label));
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
   * Stores the server's description of a session, unless its files contain another token by now, or
   * none. The token's file is not changed.
   *
   * @throws CommandException if the files cannot be read or written
   */
  void describe(String label, StoredSession session) {
    try {
      locked(
          () -> {
            if (session.token().value().equals(token(label))) {
              PrivateFile.replace(placePath(label), place(session));
            }
            return null;
          });
    } catch (IOException e) {
      throw notKept(e);
    }
  }

  /** Returns the stored token, or null. */
  private String token(String label) throws IOException {
    try {
      return read(tokenPath(label)).strip();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /**
   * Deletes the session with a label, unless its files contain another token by now.
   *
   * @return false if the files contain another session, which is kept
   * @throws CommandException if the files cannot be read or deleted
   */
  boolean forget(String label, SessionToken token) {
    try {
      return locked(
          () -> {
            String stored = token(label);
            if (stored != null && !stored.equals(token.value())) {
              return false;
            }
            Files.deleteIfExists(tokenPath(label));
            Files.deleteIfExists(placePath(label));
            PrivateFile.sync(directory);
            return true;
          });
    } catch (IOException e) {
      throw new CommandException("The session's files cannot be deleted: " + reason(e), e);
    }
  }

  private interface FileTask<T> {
    T run() throws IOException;
  }

  /** Runs a task while no other thread or process uses these files. */
  private synchronized <T> T locked(FileTask<T> task) throws IOException {
    try (FileChannel lock =
        FileChannel.open(
            directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      // Closing the channel releases the lock.
      lock.lock();
      return task.run();
    }
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
    return SecretFile.read(path, path + " is too large for a session");
  }

  private CommandException notKept(IOException e) {
    return new CommandException(
        "The session cannot be stored in " + directory + ": " + reason(e), e);
  }

  private static CommandException broken(String label) {
    return new CommandException(
        "The files of the session " + fileName(label) + " do not match; pair again");
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException denied) {
      throw FileAccess.forbidden(denied);
    }
    return e.getClass().getSimpleName().replace("Exception", "") + " " + e.getMessage();
  }
}
