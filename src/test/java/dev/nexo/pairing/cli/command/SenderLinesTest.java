package dev.nexo.pairing.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.Role;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.ProgressBar;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of senders, and how far a long one is. */
@DisplayName("Sender lines")
class SenderLinesTest {

  private static final AllowTerms GUESTS =
      new AllowTerms(null, null, Role.GUEST, List.of("new"), null);

  private static SenderLines lines(byte[] bytes) {
    return new SenderLines(new ByteArrayInputStream(bytes), "ids.txt", GUESTS);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          not JSON         | {"sender_id"              | is not JSON
          no sender        | {"note":"x"}              | must contain sender_id
          a number         | {"sender_id":1}           | must contain sender_id
          a note of a kind | {"sender_id":"1","note":1}| must contain sender_id
          an unknown field | {"sender_id":"1","x":1}   | must contain sender_id
          a label          | {"sender_id":"1","labels":"x"} | must contain sender_id
          a text as number | {"sender_id":"1","idle_secs":"3600"} | must contain sender_id
          an unknown role  | {"sender_id":"1","role":"admin"} | has a role other than owner, member, guest
          a bad label      | {"sender_id":"1","labels":["A"]} | has an invalid value: labels must
          too short a time | {"sender_id":"1","idle_secs":60} | has an invalid value: idle_secs must
          """)
  @DisplayName("An invalid line is reported with its number")
  void badLine(String reason, String line, String said) {
    SenderLines lines = lines(("+1\n" + line).getBytes(StandardCharsets.UTF_8));
    assertThat(lines.next().senderId()).isEqualTo("+1");
    assertThatThrownBy(lines::hasNext)
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith("ids.txt, line 2 " + said);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "+1 555 000 1111, spaces in a number",
    "+49 (170) 5550001, parentheses around the area code",
    "+49(170) 5550001, no space in front of them",
    "+49170 5550001, five digits would be a number",
    "+1-555 000-1111, dashes",
    "+15550001 111, a rest that is no number",
    "0049 170 5550001, the other international prefix",
    "+15550002222 +1 555 000 1111, behind a whole number"
  })
  @DisplayName("The parts of a number that spaces have split are refused")
  void split(String arguments, String why) {
    List<String> senders = List.of(arguments.split(" "));
    assertThatThrownBy(() -> SenderLines.of(senders, GUESTS))
        .as(why)
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("is not a complete number");
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "+15550001111 +15550002222, two numbers",
    "+15550001111 15550002222, one without a plus",
    "12345 67890, numbers of Telegram",
    "@ana 5, a name and a number",
    "+15550001111 @ana, a number and a name"
  })
  @DisplayName("Several senders are not the parts of one")
  void notSplit(String arguments, String why) {
    List<String> senders = List.of(arguments.split(" "));
    assertThat(SenderLines.of(senders, GUESTS)).toIterable().as(why).hasSize(2);
  }

  @Test
  @DisplayName("An empty argument is left to the server, which rejects it")
  void empty() {
    assertThat(SenderLines.of(List.of("+1", ""), GUESTS)).toIterable().hasSize(2);
  }

  @Test
  @DisplayName("A line's own role, labels and idle time replace those of the command")
  void terms() {
    String own = "{\"sender_id\":\"1\",\"role\":\"owner\",\"labels\":[\"vip\"],\"idle_secs\":3600}";
    SenderLines lines =
        lines((own + "\n2\n{\"sender_id\":\"3\"}").getBytes(StandardCharsets.UTF_8));
    assertThat(lines.next())
        .isEqualTo(new SeedEntry("1", null, Role.OWNER, List.of("vip"), Duration.ofHours(1)));
    assertThat(lines.next()).isEqualTo(new SeedEntry("2", null, Role.GUEST, List.of("new"), null));
    assertThat(lines.next()).isEqualTo(new SeedEntry("3", null, Role.GUEST, List.of("new"), null));
  }

  @Test
  @DisplayName("A line limits a group to its approved members, or does not")
  void members() {
    String lines =
        "{\"sender_id\":\"-1\",\"members\":\"approved\"}\n"
            + "{\"sender_id\":\"-2\",\"members\":\"all\"}\n-3\n"
            + "{\"sender_id\":\"-4\",\"members\":\"some\"}";
    SenderLines read = lines(lines.getBytes(StandardCharsets.UTF_8));
    assertThat(read.next().membersOnly()).isTrue();
    assertThat(read.next().membersOnly()).isFalse();
    assertThat(read.next().membersOnly()).isFalse();
    assertThatThrownBy(read::hasNext).hasMessageContaining("members other than approved, all");
  }

  @Test
  @DisplayName("A line is UTF-8 and at most 64 KiB")
  void lineLimits() {
    byte[] longest = new byte[SenderLines.MAX_LINE + 1];
    java.util.Arrays.fill(longest, (byte) 'x');
    assertThatThrownBy(lines(longest)::hasNext).hasMessageContaining("longer than 64 KiB");
    assertThatThrownBy(lines(new byte[] {(byte) 0xff})::hasNext).hasMessageContaining("not UTF-8");
  }

  @Test
  @DisplayName("A note of more than 500 characters is refused")
  void longNote() {
    String line = "{\"sender_id\":\"1\",\"note\":\"" + "n".repeat(501) + "\"}";
    assertThatThrownBy(lines(line.getBytes(StandardCharsets.UTF_8))::hasNext)
        .hasMessageContaining("at most 500");
  }

  @ParameterizedTest(name = "{0} done, {1} of all, {2} s")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          5000  | 0.5 | 10   | [###############---------------] 50 %, 5,000 done, 500 a second, 10 s left
          1000  | 0.1 | 60   | [###---------------------------] 10 %, 1,000 done, 17 a second, 9 min 0 s left
          1000  | 0.01 | 60  | [------------------------------] 1 %, 1,000 done, 17 a second, 1 h 39 min left
          20000 | -1  | 10   | 20,000 done, 2,000 a second
          """)
  @DisplayName("The progress bar shows share, rate and remaining time")
  void progress(long done, double share, double seconds, String line) {
    assertThat(ProgressBar.line(done, share, seconds)).isEqualTo(line);
  }
}
