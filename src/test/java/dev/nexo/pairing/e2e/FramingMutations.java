package dev.nexo.pairing.e2e;

import static dev.nexo.pairing.e2e.FuzzValues.shown;
import static dev.nexo.pairing.e2e.Mutation.pick;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.nexo.pairing.e2e.RequestDraft.Framing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;

/**
 * Changes of the ends of lines, headers and body, and of the other parts of the request line.
 *
 * <p>A request must be rejected only if an application can see the error. Open Liberty removes the
 * following before any filter: lengths that are not numbers, all but the first of several different
 * lengths, spaces before a colon, and a single CR or LF, which ends a line.
 */
final class FramingMutations {

  private static final String CHUNKED = "Transfer-Encoding: chunked";

  private final FuzzValues values = new FuzzValues("framing.txt");
  private final List<Mutation> all = new ArrayList<>();

  private FramingMutations() {}

  /** Changes of the method. */
  static List<Mutation> methods() {
    FramingMutations mutations = new FramingMutations();
    for (String method : mutations.values.section("methods")) {
      mutations.add("method " + shown(method), (draft, random) -> draft.method(method));
    }
    // After a first byte of 0xff, Open Liberty waits for more until its read timeout of 30 s.
    mutations.add(
        "random method",
        (draft, random) -> draft.method(FuzzValues.soup(random).replace("\u00ff", "")));
    return List.copyOf(mutations.all);
  }

  /** All other changes. */
  static List<Mutation> all() {
    FramingMutations mutations = new FramingMutations();
    mutations.addHeaderLines();
    mutations.addLengths();
    mutations.addBodies();
    mutations.addChunks();
    mutations.addEnds();
    return List.copyOf(mutations.all);
  }

  private void addHeaderLines() {
    for (String line : values.section("lines")) {
      add("line " + shown(line), (draft, random) -> insert(draft, line, random));
    }
    for (String line : values.section("refused lines")) {
      add(
          "line " + shown(line),
          (draft, random) -> {
            insert(draft, line, random);
            draft.requireRefusal(shown(line));
            draft.endInput();
          });
    }
    for (String version : values.section("versions")) {
      add("version " + shown(version), (draft, random) -> draft.version(version));
    }
    add("first header indented", (draft, random) -> draft.headers().add(0, " X-Odd: a"));
    add("random line", (draft, random) -> insert(draft, FuzzValues.soup(random), random));
    add(
        "no host",
        (draft, random) -> {
          draft.removeHeader("Host");
          draft.requireRefusal("no host");
        });
    add(
        "two hosts",
        (draft, random) -> {
          draft.headers().add("Host: other.example");
          draft.requireRefusal("two hosts");
        });
  }

  private void addLengths() {
    for (String value : values.section("Transfer-Encoding")) {
      String header = "Transfer-Encoding: " + value;
      add(shown(header), (draft, random) -> send(draft, header, chunks(draft.body())));
    }
    for (String value : values.section("refused Transfer-Encoding")) {
      String header = "Transfer-Encoding: " + value;
      add(
          shown(header),
          (draft, random) -> {
            send(draft, header, draft.body());
            draft.requireRefusal(shown(header));
          });
    }
    for (String value : values.section("Content-Length")) {
      String header = "Content-Length: " + value;
      add(shown(header), (draft, random) -> send(draft, header, draft.body()));
    }
    add(
        "two lengths",
        (draft, random) -> {
          send(draft, "Content-Length: 2", latin("{}"));
          draft.headers().add("Content-Length: 3");
        });
    add(
        "length twice",
        (draft, random) -> {
          send(draft, "Content-Length: 2", latin("{}"));
          draft.headers().add("Content-Length: 2");
        });
    add(
        "length and chunks",
        (draft, random) -> {
          send(draft, "Content-Length: 4", chunks(draft.body()));
          draft.headers().add(CHUNKED);
        });
  }

  private void addBodies() {
    add(
        "length too long",
        (draft, random) -> {
          int length = draft.body().length + 1 + random.nextInt(100);
          send(draft, "Content-Length: " + length, draft.body());
        });
    add(
        "length too short",
        (draft, random) -> {
          int length = random.nextInt(draft.body().length + 1);
          send(draft, "Content-Length: " + length, draft.body());
        });
    add(
        "length of 10 GB",
        (draft, random) -> send(draft, "Content-Length: 10000000000", draft.body()));
    add("no length", (draft, random) -> draft.framing(Framing.AS_WRITTEN));
    add("body of a GET", (draft, random) -> draft.body(latin("{}")));
  }

  private void addChunks() {
    add("chunked", (draft, random) -> draft.framing(Framing.CHUNKED));
    for (String size : values.section("chunk sizes")) {
      addChunks("chunk size " + shown(size), size + "\r\n{}\r\n0\r\n\r\n");
    }
    addChunks("chunk without its end", "2\r\n{}0\r\n\r\n");
    addChunks("chunks by bare LF", "2\n{}\n0\n\n");
    addChunks("many small chunks", "1\r\n \r\n".repeat(20_000) + "2\r\n{}\r\n0\r\n\r\n");
    addChunks("trailers", "2\r\n{}\r\n0\r\nAuthorization: x\r\nX-Odd: \u00ff\r\nbad\r\n\r\n");
    addChunks("large trailers", "2\r\n{}\r\n0\r\n" + "X-Odd: a\r\n".repeat(5_000) + "\r\n");
    add(
        "random chunk size",
        (draft, random) ->
            send(draft, CHUNKED, latin(FuzzValues.soup(random) + "\r\n{}\r\n0\r\n\r\n")));
    add(
        "chunks cut",
        (draft, random) -> {
          byte[] whole = chunks(draft.body());
          send(draft, CHUNKED, Arrays.copyOf(whole, random.nextInt(whole.length)));
        });
  }

  private void addChunks(String name, String body) {
    add(name, (draft, random) -> send(draft, CHUNKED, latin(body)));
  }

  private void addEnds() {
    add("lines end by LF", (draft, random) -> draft.lineEnd("\n"));
    add(
        "lines end by CR",
        (draft, random) -> {
          draft.lineEnd("\r");
          draft.endInput();
        });
    add("lines end by CR CR LF", (draft, random) -> draft.lineEnd("\r\r\n"));
    add("sent twice", (draft, random) -> draft.repeat(2));
    add("sent 20 times", (draft, random) -> draft.repeat(20));
    add(
        "end cut",
        (draft, random) -> {
          draft.keepLess(random.nextInt(300) + 1);
          draft.endInput();
        });
    add(
        "only the start",
        (draft, random) -> {
          draft.keepOnly(random.nextInt(300));
          draft.endInput();
        });
    List<String> starts = List.of("\r\n", "\r\n\r\n", "\n", " ", "\u0000", "0\r\n\r\n");
    add("bytes in front", (draft, random) -> draft.method(pick(starts, random) + draft.method()));
  }

  private void add(String name, BiConsumer<RequestDraft, Random> change) {
    all.add(
        new Mutation(
            "framing: " + name,
            (draft, random) -> {
              draft.unframed();
              change.accept(draft, random);
            }));
  }

  private static void insert(RequestDraft draft, String line, Random random) {
    draft.headers().add(random.nextInt(draft.headers().size() + 1), line);
  }

  /** Sends a body unchanged after a header that may not match it. */
  private static void send(RequestDraft draft, String header, byte[] body) {
    draft.headers().add(header);
    draft.framing(Framing.AS_WRITTEN);
    draft.body(body);
    draft.endInput();
  }

  private static byte[] chunks(byte[] body) {
    String size = Integer.toHexString(body.length) + "\r\n";
    String chunk = body.length == 0 ? "" : size + new String(body, ISO_8859_1) + "\r\n";
    return latin(chunk + "0\r\n\r\n");
  }

  private static byte[] latin(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
