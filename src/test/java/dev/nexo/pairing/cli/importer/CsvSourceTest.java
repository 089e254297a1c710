package dev.nexo.pairing.cli.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.testkit.MovableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("CSV source")
class CsvSourceTest {

  private static final ChannelAccount TELEGRAM = new ChannelAccount("telegram", "default");

  @TempDir private Path directory;

  private SourceContents read(byte[] bytes, String channel, String account) throws IOException {
    Path file = Files.write(directory.resolve("people.csv"), bytes);
    SourceContents findings = new SourceContents(channel, account, MovableClock.START);
    new CsvSource().read(file, findings);
    return findings;
  }

  private SourceContents read(String text) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8), null, null);
  }

  @Test
  @DisplayName("All columns are read")
  void allColumns() throws Exception {
    SourceContents findings =
        read(
            """
            channel,account_id,sender_id,note,expires_at
            telegram,helpdesk,@ana,"Ana, ""the"" first
            of two",2027-01-01T00:00:00+01:00
            whatsapp,,+1 555 000-1111,,
            """);
    assertThat(findings.refusals()).isEmpty();
    assertThat(findings.candidates())
        .extracting(Candidate::account, Candidate::senderId, Candidate::note, Candidate::expiresAt)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                new ChannelAccount("telegram", "helpdesk"),
                "@ana",
                "Ana, \"the\" first\nof two",
                Instant.parse("2026-12-31T23:00:00Z")),
            org.assertj.core.groups.Tuple.tuple(
                new ChannelAccount("whatsapp", "default"), "+1 555 000-1111", null, null));
  }

  @Test
  @DisplayName("sender_id alone is enough if the channel is an option")
  void onlySenderId() throws Exception {
    byte[] text = "\uFEFFsender_id\r\n1\r\n\r\n2\r\n".getBytes(StandardCharsets.UTF_8);
    SourceContents findings = read(text, "telegram", null);
    assertThat(findings.candidates())
        .extracting(Candidate::account, Candidate::senderId)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(TELEGRAM, "1"),
            org.assertj.core.groups.Tuple.tuple(TELEGRAM, "2"));
  }

  @Test
  @DisplayName("Columns may be in any order")
  void columnOrder() throws Exception {
    assertThat(read("note,sender_id,channel\nx,1,telegram\n").candidates())
        .extracting(Candidate::senderId, Candidate::note)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("1", "x"));
  }

  @Test
  @DisplayName("A prefix that spreadsheets add is passed to the server unchanged")
  void spreadsheetPrefix() throws Exception {
    assertThat(read("channel,sender_id\nwhatsapp,'+15550001111\nwhatsapp,=+1555\n").candidates())
        .extracting(Candidate::senderId)
        .containsExactly("'+15550001111", "=+1555");
  }

  static Stream<Arguments> rows() {
    return Stream.of(
        arguments("telegram,,1,,yesterday", "expires_at must be a time", "no time"),
        arguments("telegram,,1,,2026-11-01", "expires_at must be a time", "a day is no time"),
        arguments("telegram,,1,,2026-11-01T12:00:00Z", "expired at", "over in this second"),
        arguments("telegram,,1", "number of values differs", "values missing"),
        arguments("telegram,,1,,,6", "number of values differs", "a value too many"),
        arguments(",,1,,", "no channel is given", "no channel"),
        arguments("Telegram,,1,,", "channel must be", "a channel of other signs"),
        arguments("telegram,a b,1,,", "account_id must be", "an account of other signs"),
        arguments("telegram,,,,", "1 to 256 characters", "no sender"),
        arguments("telegram,,*,,", "means everyone", "everybody"),
        arguments("telegram,,\"a\u0007b\",,", "control character", "a control character"),
        arguments("telegram,," + "a".repeat(257) + ",,", "1 to 256", "too long a sender"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("rows")
  @DisplayName("An invalid row is reported with its line; other rows are read")
  void badRow(String row, String reason, String why) throws Exception {
    SourceContents findings =
        read(
            "channel,account_id,sender_id,note,expires_at\ntelegram,,7,,\n"
                + row
                + "\ntelegram,,8,,\n");
    assertThat(findings.candidates()).extracting(Candidate::senderId).containsExactly("7", "8");
    assertThat(findings.refusals())
        .singleElement()
        .satisfies(
            one ->
                assertThat(one.line())
                    .startsWith("people.csv line 3: ")
                    .contains(reason)
                    .doesNotContain("\u0007"));
  }

  static Stream<Arguments> files() {
    return Stream.of(
        arguments("", "no column sender_id", "nothing"),
        arguments("a,b\n1,2\n", "no column sender_id", "other names"),
        arguments("sender_id,age\n1,2\n", "unknown columns: age", "a column nobody knows"),
        arguments("sender_id,sender_id\n1,2\n", "is not a CSV file", "a name twice"),
        arguments("sender_id\n\"1\n", "is not a CSV file", "a quote that never ends"),
        arguments("sender_id\n\"1\"2\n", "is not a CSV file", "signs behind a quote"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("files")
  @DisplayName("A malformed file is refused as a whole")
  void badFile(String text, String reason, String why) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining(reason);
  }

  @Test
  @DisplayName("A file that is not UTF-8 is refused")
  void encoding() {
    byte[] latin = "sender_id\nAnä\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> read(latin, "matrix", null))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("is not UTF-8");
  }

  @Test
  @DisplayName("A note is cut to 500 characters")
  void longNote() throws Exception {
    SourceContents findings = read("channel,sender_id,note\ntelegram,1," + "📱".repeat(300) + "\n");
    assertThat(findings.candidates().get(0).note()).isEqualTo("📱".repeat(250));
  }
}
