package dev.nexo.pairing.cli.importer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The directory that OpenClaw's package wrote, unpacked. */
public final class OpenClawFixture {

  private OpenClawFixture() {}

  /** The directory with the database, made below another one. */
  public static Path database(Path below) throws IOException {
    Path state = Files.createDirectories(below.resolve("openclaw/state"));
    Path packed =
        Path.of("src/test/resources/importers/openclaw/database/state/openclaw.sqlite.gz");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
      Files.copy(in, state.resolve("openclaw.sqlite"));
    }
    return state.getParent();
  }
}
