package dev.nexo.pairing.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which output a pager shows; the pager writes into a file. */
@DisplayName("Pager of tables")
class PagerTest {

  private static final Pager.Size SIZE = new Pager.Size(5, 10);

  @TempDir Path directory;
  private final ByteArrayOutputStream direct = new ByteArrayOutputStream();
  private final Map<String, String> environment = new HashMap<>();

  private String paged() throws IOException {
    Path file = directory.resolve("paged");
    return Files.exists(file) ? Files.readString(file) : null;
  }

  private Pager pager() {
    environment.putIfAbsent("TERM", "xterm");
    environment.putIfAbsent("PATH", System.getenv("PATH"));
    environment.putIfAbsent("PAGER", "tee " + directory.resolve("paged") + " >/dev/null");
    return new Pager(direct, environment, () -> SIZE);
  }

  private static void print(Pager pager, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    pager.write(bytes, 0, bytes.length);
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      textBlock =
          """
          'a\nb\nc\n',           false, a table that fits
          'a\nb\nc\nd\n',        false, a table that leaves a line for the prompt
          'a\nb\nc\nd\ne\n',     true,  a table with a line too many
          '12345678901\nb\nc\nd\n', true, a line that is wrapped
          '1234567890\nb\nc\nd\n', false, a line that is as wide as the terminal
          """)
  @DisplayName("A pager shows a table that is longer than the terminal")
  void length(String text, boolean paged, String reason) throws IOException {
    try (Pager pager = pager()) {
      pager.table();
      print(pager, text);
    }
    assertThat(paged()).isEqualTo(paged ? text : null);
    assertThat(direct.toString(UTF_8)).isEqualTo(paged ? "" : text);
  }

  @ParameterizedTest(name = "{3}")
  @CsvSource(
      textBlock =
          """
          NEXO_PAGER, '',       xterm, an empty variable
          NEXO_PAGER, cat,      xterm, cat
          NEXO_PAGER, no-such-pager -x, xterm, a program that does not exist
          NEXO_PAGER, /etc/passwd, xterm, a file that is no program
          TERM,       dumb,     dumb,  a terminal without a cursor
          TERM,       '',       '',    an unknown terminal
          """)
  @DisplayName("Without a usable pager, tables are printed as they are")
  void none(String name, String value, String terminal, String reason) throws IOException {
    environment.put(name, value);
    environment.put("TERM", terminal);
    try (Pager pager = pager()) {
      pager.table();
      print(pager, "x\n".repeat(100));
      assertThat(pager.isShowing()).isFalse();
    }
    assertThat(direct.toString(UTF_8)).isEqualTo("x\n".repeat(100));
    assertThat(paged()).isNull();
  }

  @Test
  @DisplayName("Output that is no table, or is flushed before it is long, is printed as it is")
  void noTable() throws IOException {
    try (Pager pager = pager()) {
      print(pager, "x\n".repeat(10));
      pager.table();
      print(pager, "y\n");
      pager.flush();
      print(pager, "z\n".repeat(10));
    }
    assertThat(direct.toString(UTF_8)).isEqualTo("x\n".repeat(10) + "y\n" + "z\n".repeat(10));
    assertThat(paged()).isNull();
  }

  @Test
  @DisplayName("NEXO_PAGER has precedence over PAGER")
  void precedence() throws IOException {
    environment.put("NEXO_PAGER", "tee " + directory.resolve("own") + " >/dev/null");
    try (Pager pager = pager()) {
      pager.table();
      print(pager, "x\n".repeat(10));
    }
    assertThat(directory.resolve("own")).hasContent("x\n".repeat(10));
    assertThat(paged()).isNull();
  }

  @Test
  @DisplayName("Without a terminal there is no pager, and a closed output is noticed once")
  void closedOutput() {
    int[] writes = {0};
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            writes[0]++;
            throw new IOException("Broken pipe");
          }
        };
    Pager pager = new Pager(broken, environment, null);
    pager.table();
    assertThat(pager.isClosed()).isFalse();
    print(pager, "x\n".repeat(100));
    print(pager, "y\n");
    pager.close();
    assertThat(pager.isClosed()).isTrue();
    assertThat(pager.failure()).isEmpty();
    assertThat(writes[0]).isEqualTo(1);
  }

  @Test
  @DisplayName("A full disk is a failure, unlike a reader that wants no more")
  void fullDisk() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    Pager pager = new Pager(full, environment, null);
    print(pager, "x\n");
    pager.close();
    assertThat(pager.isClosed()).isTrue();
    assertThat(pager.failure()).contains("No space left on device");
  }

  @Test
  @DisplayName("Under sudo, the pager is less in its secure mode, and gets no password")
  void elevated() throws IOException {
    environment.put("SUDO_USER", "ana");
    environment.put("PAGER", "tee " + directory.resolve("own"));
    environment.put("PATH", Files.createDirectories(directory.resolve("programs")).toString());
    Path less = Files.createFile(directory.resolve("programs/less"));
    assertThat(less.toFile().setExecutable(true)).isTrue();
    ProcessBuilder builder = pager().builder();
    assertThat(builder.command()).last().isEqualTo("less");
    assertThat(builder.environment())
        .containsEntry("LESSSECURE", "1")
        .doesNotContainKey("NEXO_PAIR_PASSWORD");
  }

  @Test
  @DisplayName("When the user leaves the pager, the output is closed")
  void left() {
    environment.put("PAGER", "true");
    Pager pager = pager();
    pager.table();
    for (int i = 0; i < 1000 && !pager.isClosed(); i++) {
      print(pager, "x\n".repeat(10_000));
    }
    assertThat(pager.isClosed()).isTrue();
    pager.close();
    assertThat(pager.isShowing()).isFalse();
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      textBlock =
          """
          50,  120, both are known
          '',  120, one is unknown
          0,   x,   neither is valid
          """)
  @DisplayName("LINES and COLUMNS are the size of the terminal")
  void size(String lines, String columns, String reason) {
    Pager.Size size = TerminalSize.of(Map.of("LINES", lines, "COLUMNS", columns));
    if (lines.equals("50")) {
      assertThat(size).isEqualTo(new Pager.Size(50, 120));
    }
    assertThat(size.rows()).isPositive();
    assertThat(size.columns()).isPositive();
  }
}
