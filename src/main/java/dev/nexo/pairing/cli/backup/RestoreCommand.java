package dev.nexo.pairing.cli.backup;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.command.PairSubcommand;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.FileAccess;
import dev.nexo.pairing.platform.PrivateFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code restore}: replaces the SQLite database of a stopped server by a backup. */
@Command(
    name = "restore",
    description = "Replace the SQLite database of a stopped server by a backup.",
    footer = {
      "",
      "Decisions after the backup are undone: who was revoked or blocked since then is as before.",
      "The replaced files are kept beside the database.",
      "",
      "Examples:",
      "  nexo-pair restore pairing-backup.zip",
      "  nexo-pair restore --with-key pairing-backup.zip"
    })
public final class RestoreCommand extends PairSubcommand {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);
  private static final String DRAFT = ".restoring";

  @Parameters(paramLabel = "<file>", description = "File that nexo-pair backup created.")
  private Path file;

  @Option(names = "--with-key", description = "Also restore the signing key.")
  private boolean withKey;

  @Option(
      names = "--database",
      paramLabel = "<path>",
      description = "SQLite file (default: PAIRING_STORAGE_PATH, or $NEXO_HOME/data/pairing.db).")
  private Path database;

  private final List<String> keptFiles = new ArrayList<>();

  @Override
  public Integer call() {
    SqliteFiles files = SqliteFiles.of(around(), database);
    FileAccess.requireReadable(file);
    FileAccess.unreadable(files.database())
        .ifPresent(
            e -> {
              throw e;
            });
    try (ZipFile zip = new ZipFile(file.toFile())) {
      PrivateFile.makeDirectory(files.database().getParent());
      // Held until the end, so that no server opens the database meanwhile.
      try (FileChannel alone = files.lockAlone()) {
        restore(zip, files);
      }
    } catch (ZipException e) {
      throw new CommandException(file + " is not a complete backup of nexo-pair", e);
    } catch (AccessDeniedException e) {
      throw FileAccess.forbidden(e);
    } catch (IOException e) {
      throw new CommandException(
          "The restore failed ("
              + e.getClass().getSimpleName()
              + ": "
              + e.getMessage()
              + "). Correct the cause and run it again before the server is started",
          e);
    }
    return DONE;
  }

  private void restore(ZipFile zip, SqliteFiles files) throws IOException {
    // Everything is on disk beside the database before the first file is replaced.
    Path database = extract(zip, "pairing.db", files.database());
    if (database == null) {
      throw new CommandException(file + " contains no pairing.db");
    }
    try {
      SqliteFiles.checkIsDatabase(database);
    } catch (CommandException e) {
      Files.delete(database);
      throw e;
    }
    Path wal = extract(zip, "pairing.db-wal", files.wal());
    Path keyTarget = key();
    Path key = withKey ? extract(zip, "pairing.key", keyTarget) : null;
    if (withKey && key == null) {
      throw new CommandException(file + " contains no key. Back up with --with-key");
    }
    String kept = ".replaced-" + STAMP.format(around().clock().instant());
    if (!FileAccess.exists(files.database())) {
      err()
          .println(
              "nexo-pair: There was no database at "
                  + files.database()
                  + ". If the server uses another one, name it with --database.");
    }
    keep(files.database(), kept);
    keep(files.wal(), kept);
    // SQLite would roll the restored database back with it.
    keep(files.beside("-journal"), kept);
    if (wal != null) {
      Files.move(wal, files.wal(), StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(database, files.database(), StandardCopyOption.ATOMIC_MOVE);
    if (key != null) {
      keep(keyTarget, kept);
      Files.move(key, keyTarget, StandardCopyOption.ATOMIC_MOVE);
      PrivateFile.sync(keyTarget.toAbsolutePath().getParent());
    }
    PrivateFile.sync(files.database().getParent());
    if (json()) {
      print(
          Json.object()
              .add("database", files.database().toString())
              .add("file", file.toString())
              .add("kept", Json.PROVIDER.createArrayBuilder(keptFiles))
              .add("with_key", key != null)
              .build());
    } else {
      out().println("Restored " + files.database() + " from " + file);
    }
  }

  private Path key() {
    Path configured = around().path("PAIRING_SETUP_CODE_SECRET_PATH");
    return configured == null ? around().nexoHome().resolve("secret/pairing.key") : configured;
  }

  /** Writes an entry of the backup beside its target; null if there is no such entry. */
  private static Path extract(ZipFile zip, String name, Path target) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      return null;
    }
    PrivateFile.makeDirectory(target.toAbsolutePath().getParent());
    Path draft = target.resolveSibling(target.getFileName() + DRAFT);
    Files.deleteIfExists(draft);
    try (InputStream in = zip.getInputStream(entry)) {
      // The stream checks the entry's checksum.
      OwnedFile.create(draft, in);
    }
    return draft;
  }

  private void keep(Path path, String suffix) throws IOException {
    if (FileAccess.exists(path)) {
      Path kept = path.resolveSibling(path.getFileName() + suffix);
      Files.move(path, kept, StandardCopyOption.ATOMIC_MOVE);
      keptFiles.add(kept.toString());
      if (!json()) {
        out().println("Kept " + kept);
      }
    }
  }
}
