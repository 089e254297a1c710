package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.TerminalText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/**
 * Comma-separated values (RFC 4180), UTF-8, with a header: {@code sender_id}, and optionally {@code
 * channel}, {@code account_id}, {@code note}, {@code expires_at}.
 */
final class CsvSource implements ImportSource {

  private static final Set<String> COLUMNS =
      Set.of("channel", "account_id", "sender_id", "note", "expires_at");

  private static final String NAMES =
      "; valid columns are channel, account_id, sender_id, note, expires_at";

  @Override
  public void read(Path path, SourceContents findings) throws IOException {
    byte[] bytes = SourceFiles.bytes(path, true);
    try (Reader text =
            new InputStreamReader(
                new ByteArrayInputStream(bytes),
                // Unlike a charset, a decoder reports malformed input.
                StandardCharsets.UTF_8.newDecoder());
        CSVParser parser = format().parse(text)) {
      checkNames(path, parser);
      for (CSVRecord row : parser) {
        take(SourceFiles.name(path) + " line " + parser.getCurrentLineNumber(), row, findings);
      }
    } catch (CharacterCodingException e) {
      throw new CommandException(path + " is not UTF-8; save it as CSV UTF-8", e);
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      throw new CommandException(
          path + " is not a CSV file: " + TerminalText.of(String.valueOf(e.getMessage())), e);
    }
  }

  private static CSVFormat format() {
    return CSVFormat.RFC4180
        .builder()
        .setHeader()
        .setSkipHeaderRecord(true)
        .setTrim(true)
        .setIgnoreEmptyLines(true)
        .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
        .get();
  }

  private static void checkNames(Path path, CSVParser parser) {
    Set<String> names = new TreeSet<>(parser.getHeaderNames());
    if (!names.contains("sender_id")) {
      throw new CommandException(path + " has no column sender_id in its first line" + NAMES);
    }
    names.removeAll(COLUMNS);
    if (!names.isEmpty()) {
      throw new CommandException(
          path + " has unknown columns: " + TerminalText.of(String.join(", ", names)) + NAMES);
    }
  }

  private static void take(String where, CSVRecord row, SourceContents findings) {
    String sender = row.isSet("sender_id") ? row.get("sender_id") : "";
    if (!row.isConsistent()) {
      findings.refuse(
          where,
          sender,
          "the number of values differs from the number of columns in the first line");
      return;
    }
    Instant expiresAt = null;
    String ends = value(row, "expires_at");
    if (ends != null) {
      try {
        expiresAt = OffsetDateTime.parse(ends).toInstant();
      } catch (DateTimeException e) {
        findings.refuse(where, sender, "expires_at must be a time like 2026-11-01T12:00:00Z");
        return;
      }
    }
    findings.found(
        where,
        value(row, "channel"),
        value(row, "account_id"),
        sender,
        value(row, "note"),
        expiresAt);
  }

  private static String value(CSVRecord row, String name) {
    return row.isSet(name) && !row.get(name).isEmpty() ? row.get(name) : null;
  }
}
