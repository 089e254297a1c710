package dev.nexo.pairing.http.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.SeedReport;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.Surface;
import dev.nexo.pairing.http.fake.FakeAdapters;
import dev.nexo.pairing.http.fake.FakeKnownAccounts;
import dev.nexo.pairing.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Seed stream")
class SeedStreamTest {

  private final List<List<SeedEntry>> batches = new ArrayList<>();
  private final SeedStream stream =
      new SeedStream(
          store(),
          new SenderParser(new FakeAdapters(), new FakeKnownAccounts()),
          ChannelAccount.of("whatsapp", null),
          new Actor("operator", Surface.API));

  @Test
  @DisplayName("Every thousand lines are one transaction")
  void batches() throws IOException {
    SeedReport report = stream.read(lines(2001));
    assertThat(batches).extracting(List::size).containsExactly(1000, 1000, 1);
    assertThat(report.seeded()).isEqualTo(2001);
  }

  @Test
  @DisplayName("Both kinds of line end and blank lines are accepted")
  void lineEnds() throws IOException {
    stream.read(in("\r\n{\"sender_id\":\"1\",\"note\":\"n\"}\r\n \t\n\n{\"sender_id\":\"é\"}"));
    assertThat(batches).containsExactly(List.of(new SeedEntry("1", "n"), new SeedEntry("é", null)));
  }

  @Test
  @DisplayName("An empty stream is not an error")
  void empty() throws IOException {
    assertThat(stream.read(in("")).seeded()).isZero();
    assertThat(batches).isEmpty();
  }

  @Test
  @DisplayName("A line has at most 64 KiB")
  void lineLimit() throws IOException {
    int frame = "{\"sender_id\":\"\"}".length();
    String fits = "{\"sender_id\":\"" + "1".repeat(NdjsonLines.MAX_LINE - frame) + "\"}";
    stream.read(in(fits + "\r\n" + fits));
    assertThat(batches.get(0)).hasSize(2);
    assertThat(refusal(in("\n" + fits + " \n"))).startsWith("413 Line 2:");
    assertThat(refusal(in("x".repeat(10_000_000)))).startsWith("413 Line 1:");
  }

  @Test
  @DisplayName("A bad line is named, and the lines before it are kept")
  void badLine() {
    String[][] rows = {
      {"no JSON", "{"},
      {"a list", "[]"},
      {"no sender", "{}"},
      {"a null sender", "{\"sender_id\":null}"},
      {"a number", "{\"sender_id\":1}"},
      {"a field nobody knows", "{\"sender_id\":\"2\",\"x\":1}"},
      {"a key twice", "{\"sender_id\":\"2\",\"sender_id\":\"2\"}"},
      {"a long note", "{\"sender_id\":\"2\",\"note\":\"" + "n".repeat(501) + "\"}"},
      {"two on a line", "{\"sender_id\":\"2\"}{\"sender_id\":\"3\"}"}
    };
    for (String[] row : rows) {
      batches.clear();
      assertThat(refusal(in("{\"sender_id\":\"1\"}\n" + row[1] + "\n{\"sender_id\":\"9\"}")))
          .as(row[0])
          .startsWith("400 Line 2:")
          .contains("1 seeded, 0 rejected");
      assertThat(batches).as(row[0]).containsExactly(List.of(new SeedEntry("1", null)));
    }
  }

  @Test
  @DisplayName("A broken connection keeps complete lines and no partial one")
  void brokenConnection() {
    InputStream broken =
        new SequenceInputStream(
            in("{\"sender_id\":\"1\"}\n{\"sender_id\":\"2\"}"),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("gone");
              }
            });
    assertThatThrownBy(() -> stream.read(broken)).hasMessage("gone");
    assertThat(batches).containsExactly(List.of(new SeedEntry("1", null)));
  }

  @Test
  @DisplayName("At most 100 rejected senders are named, and all are counted")
  void rejected() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 1500; i++) {
      lines.append("{\"sender_id\":\"bad\"}\n");
    }
    SeedReport report = stream.read(in(lines.toString()));
    assertThat(report.rejected()).hasSize(SeedReport.MAX_NAMED);
    assertThat(report.rejectedCount()).isEqualTo(1500);
  }

  @Test
  @DisplayName("A storage failure is not reported as a bad line")
  void storageAway() {
    assertThatThrownBy(() -> stream.read(in("{\"sender_id\":\"storage\"}")))
        .isInstanceOf(StorageUnavailableException.class);
  }

  private String refusal(InputStream lines) {
    SeedStream fresh =
        new SeedStream(
            store(),
            new SenderParser(new FakeAdapters(), new FakeKnownAccounts()),
            ChannelAccount.of("whatsapp", null),
            new Actor("operator", Surface.API));
    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> fresh.read(lines));
    return refused.problem().type().status() + " " + refused.problem().detail();
  }

  private static InputStream lines(int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append("{\"sender_id\":\"").append(i).append("\"}\n");
    }
    return in(lines.toString());
  }

  private static InputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A store that seeds and does nothing else. */
  private PairingStore store() {
    return (PairingStore)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {PairingStore.class},
            (proxy, method, args) -> {
              @SuppressWarnings("unchecked")
              List<SeedEntry> entries = (List<SeedEntry>) args[1];
              if (entries.get(0).senderId().equals("storage")) {
                throw new StorageUnavailableException("away", null);
              }
              batches.add(entries);
              List<SeedReport.Rejected> rejected =
                  entries.stream()
                      .filter(entry -> entry.senderId().equals("bad"))
                      .map(entry -> new SeedReport.Rejected(entry.senderId(), "rejected_sender"))
                      .toList();
              return new SeedReport(entries.size() - rejected.size(), rejected, rejected.size());
            });
  }
}
