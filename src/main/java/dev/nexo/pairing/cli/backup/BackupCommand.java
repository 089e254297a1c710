package dev.nexo.pairing.cli.backup;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.command.PairSubcommand;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.FileAccess;
import java.io.File;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code backup}: copies the SQLite database of a server on this machine, also while it runs. */
@Command(
    name = "backup",
    description = "Back up the SQLite database of the server on this machine, also while it runs.",
    footer = {
      "",
      "The file is a ZIP archive, readable only by you. With --with-key it contains a secret.",
      "",
      "Examples:",
      "  nexo-pair backup pairing-backup.zip",
      "  nexo-pair backup --with-key --with-config pairing-backup.zip"
    })
public final class BackupCommand extends PairSubcommand {

  @Parameters(paramLabel = "<file>", description = "File to create. It must not exist.")
  private Path file;

  @Option(names = "--with-key", description = "Include the signing key, which is a secret.")
  private boolean withKey;

  @Option(
      names = "--with-config",
      description = "Include the files that PAIRING_CONFIG names. They may contain passwords.")
  private boolean withConfig;

  @Option(
      names = "--database",
      paramLabel = "<path>",
      description = "SQLite file (default: PAIRING_STORAGE_PATH, or $NEXO_HOME/data/pairing.db).")
  private Path database;

  @Override
  public Integer call() {
    SqliteFiles files = SqliteFiles.of(around(), database);
    if (!FileAccess.exists(files.database())) {
      throw new CommandException(
          "There is no database at "
              + files.database()
              + ". If the server runs as another user, run: sudo -u <user> nexo-pair backup <file>."
              + " Otherwise name the database with --database. For PostgreSQL, run: pg_dump"
              + " --format=custom --file=<file> <database>");
    }
    FileAccess.requireReadable(files.database());
    List<Path> drafts = new ArrayList<>();
    boolean complete = false;
    try (FileChannel channel = create(file, drafts);
        FileChannel copy = create(beside(".database"), drafts);
        FileChannel wal = create(beside(".wal"), drafts)) {
      boolean open = files.copy(copy, wal);
      ZipOutputStream zip = new ZipOutputStream(Channels.newOutputStream(channel));
      add(zip, "pairing.db", copy);
      if (wal.size() > 0) {
        add(zip, "pairing.db-wal", wal);
      }
      addRequested(zip);
      zip.finish();
      channel.force(true);
      complete = true;
      if (json()) {
        print(
            Json.object()
                .add("database", files.database().toString())
                .add("file", file.toString())
                .add("server_running", open)
                .build());
      } else {
        out().println("Backed up " + files.database() + " to " + file);
      }
      if (!open) {
        err()
            .println(
                "nexo-pair: No server has this database open. If a server runs, check --database.");
      }
      return DONE;
    } catch (FileAlreadyExistsException e) {
      throw new CommandException(e.getMessage() + " exists. Choose another name", e);
    } catch (AccessDeniedException e) {
      throw FileAccess.forbidden(e);
    } catch (IOException e) {
      throw new CommandException(
          "The backup failed (" + e.getClass().getSimpleName() + ": " + e.getMessage() + ")", e);
    } finally {
      if (complete) {
        drafts.remove(file);
      }
      drafts.forEach(this::delete);
    }
  }

  /** Returns a file beside the backup for a raw copy, so that locks are held shortly. */
  private Path beside(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  private static FileChannel create(Path path, List<Path> drafts) throws IOException {
    try {
      FileChannel channel = OwnedFile.create(path);
      drafts.add(path);
      return channel;
    } catch (AccessDeniedException e) {
      throw new CommandException(
          path
              + " cannot be created by the user "
              + System.getProperty("user.name")
              + ". Name a file in a directory in which this user may write",
          e);
    }
  }

  private void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      err().println("nexo-pair: The file " + path + " could not be deleted.");
    }
  }

  private void addRequested(ZipOutputStream zip) throws IOException {
    if (withKey) {
      Path configured = around().path("PAIRING_SETUP_CODE_SECRET_PATH");
      Path key =
          configured == null ? around().nexoHome().resolve("secret/pairing.key") : configured;
      add(zip, "pairing.key", key);
    }
    if (withConfig) {
      String paths = around().variable("PAIRING_CONFIG");
      if (paths == null) {
        throw new CommandException("PAIRING_CONFIG is not set. Set it to the path of pairing.yaml");
      }
      int n = 0;
      for (String text : paths.split(File.pathSeparator)) {
        if (!text.isBlank()) {
          Path path = around().expand(text);
          add(zip, "config/" + ++n + "-" + path.getFileName(), path);
        }
      }
    }
  }

  private static void add(ZipOutputStream zip, String name, FileChannel from) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    from.position(0);
    Channels.newInputStream(from).transferTo(zip);
    zip.closeEntry();
  }

  private static void add(ZipOutputStream zip, String name, Path from) throws IOException {
    FileAccess.requireReadable(from);
    zip.putNextEntry(new ZipEntry(name));
    Files.copy(from, zip);
    zip.closeEntry();
  }
}
