package dev.nexo.pairing.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nexo.pairing.testing.PackagedServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the console output, the log files and the FFDC directory of a packaged server. */
final class ServerLog {

  private static final int TAIL = 1 << 20;
  private static final int LONGEST_TRACE = 400;

  private static final Pattern FRAME = Pattern.compile("\\s+at [\\w.$/<>]+\\(.*");

  /** Matches a line of level ERROR, on the console or in messages.log. */
  private static final Pattern ERROR =
      Pattern.compile("\\[ERROR\\s*].*|\\[[^]]+] [0-9a-f]{8} .{13} E .*");

  /**
   * Matches Liberty's classes that parse heads and bodies, and decode headers and credentials. The
   * virtual connection is null if a connection ends while the rest of a refused body arrives.
   */
  private static final Pattern PARSER =
      Pattern.compile(
          "SRVE0190E|basicAuthHeader|StringIndexOutOfBoundsException: begin 0, end -1"
              + "|VirtualConnection\\.getStateMap\\(\\)\" because \"vc\" is null"
              + "|Source = (com\\.ibm\\.(ws|wsspi)\\.http\\.channel\\.|HttpInboundLink\\."
              + "|com\\.ibm\\.ws\\.webcontainer\\.srt\\."
              + "|com\\.ibm\\.ws\\.webcontainer\\.security\\.internal\\.HTTPSRedirectHandler)");

  /**
   * Matches messages that Open Liberty logs before any filter receives the request: about TRACE,
   * which it rejects, and about a charset in quotation marks.
   */
  private static final Pattern CONTAINERS_OWN =
      Pattern.compile(
          "Error Page Exception|Default implementation of TRACE"
              + "|Failed to set request character encoding");

  private final PackagedServer server;

  ServerLog(PackagedServer server) {
    this.server = server;
  }

  /** The innermost cause of an incident: exception, message, and the first frame. */
  String cause(String incident) {
    List<String> lines = tail(file("console-")).lines().toList();
    int at = 0;
    while (at < lines.size() && !lines.get(at).contains(incident)) {
      at++;
    }
    String cause = "";
    String frame = "";
    String own = "";
    for (int i = at; i < Math.min(lines.size(), at + LONGEST_TRACE); i++) {
      String line = lines.get(i);
      if (i > at && line.startsWith("[")) {
        break;
      }
      if (i == at + 1 || i == at || line.startsWith("Caused by:")) {
        cause = line.contains(incident) ? line.substring(line.indexOf(incident) + 36) : line;
        frame = "";
        own = "";
      } else if (FRAME.matcher(line).matches()) {
        frame = frame.isEmpty() ? line.strip() : frame;
        own = own.isEmpty() && line.contains("dev.nexo") ? line.strip() : own;
      }
    }
    return general(cause) + " " + frame + (own.equals(frame) ? "" : " … " + own);
  }

  /** Removes the parts of a line that differ every time. */
  private static String general(String line) {
    String plain =
        line.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "<uuid>")
            .replaceAll("\"[^\"]*\"", "\"…\"")
            .replaceAll("( at index [0-9]+:) .*", "$1 …")
            .replaceAll("[0-9]+", "<n>")
            .replaceAll("[^\\x20-\\x7e…]+", "?");
    return plain.substring(0, Math.min(100, plain.length()));
  }

  /** Counts error lines and stack traces on the console and in messages.log. */
  Map<String, Integer> faults() {
    Map<String, Integer> faults = new TreeMap<>();
    try (Stream<Path> files = server.logFiles()) {
      files
          .filter(file -> file.getFileName().toString().matches("(console-|messages).*"))
          .forEach(file -> addFaults(file, faults));
    }
    return faults;
  }

  private static void addFaults(Path file, Map<String, Integer> faults) {
    try (Stream<String> lines = Files.lines(file, ISO_8859_1)) {
      String[] before = {""};
      lines.forEach(
          line -> {
            boolean frame = FRAME.matcher(line).matches();
            if (CONTAINERS_OWN.matcher(line).find() || CONTAINERS_OWN.matcher(before[0]).find()) {
              before[0] = line;
              return;
            }
            if (ERROR.matcher(line).matches()) {
              faults.merge("log line of level ERROR: " + message(line), 1, Integer::sum);
            } else if (frame && !FRAME.matcher(before[0]).matches()) {
              faults.merge("stack trace in the log: " + message(before[0]), 1, Integer::sum);
            }
            before[0] = line;
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A line without time, thread, logger, level, and parts that differ every time. */
  private static String message(String line) {
    return general(line.replaceFirst("^\\[[^]]+] ?([0-9a-f]{8} \\S+\\s+[A-Z] )?", "").strip());
  }

  /** The files in the FFDC directory, which Liberty writes when one of its components fails. */
  List<Path> ffdc() {
    try (Stream<Path> files = server.logFiles()) {
      return files.filter(file -> file.getFileName().toString().startsWith("ffdc_")).toList();
    }
  }

  /** The lines of an FFDC file that say what failed and where. */
  static String summary(Path ffdc) {
    try (Stream<String> lines = Files.lines(ffdc, ISO_8859_1)) {
      return String.join(
          " | ",
          lines
              .filter(
                  line ->
                      line.startsWith("Exception =")
                          || line.startsWith("Source =")
                          || line.startsWith("probeid =")
                          || line.startsWith("Stack Dump ="))
              .map(String::strip)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the summary of an FFDC file is about a request that the server could not parse. */
  static boolean isOfHttpParser(String summary) {
    return PARSER.matcher(summary).find();
  }

  private Path file(String start) {
    try (Stream<Path> files = server.logFiles()) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(start))
          .findFirst()
          .orElseThrow();
    }
  }

  private static String tail(Path path) {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      long from = Math.max(0, file.length() - TAIL);
      file.seek(from);
      byte[] bytes = new byte[(int) Math.min(TAIL, file.length() - from)];
      file.readFully(bytes);
      return new String(bytes, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
