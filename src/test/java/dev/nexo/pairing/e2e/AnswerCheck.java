package dev.nexo.pairing.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nexo.pairing.e2e.RawAnswer.End;
import dev.nexo.pairing.testing.OpenApiDocument;
import dev.nexo.pairing.testing.OpenApiDocument.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;

/**
 * Decides whether an answer is one that any request may get: no fault of the server, a problem if
 * the request is refused, and nothing about the software inside. Counts answers. Thread-safe.
 */
final class AnswerCheck {

  /** The prefix of faults of requests that were accepted but must be rejected. */
  static final String ACCEPTED = "accepted although it has to be refused: ";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Signs of a stack trace or of the server's software. */
  private static final List<String> SECRETS =
      List.of("\tat ", "Exception", "java.", "com.ibm", "SRVE", "CWWW", "Liberty");

  private static final Pattern HEADER_LINE =
      Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\\x20-\\x7e\\t]*");

  private final OpenApiDocument document;
  private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();

  AnswerCheck(OpenApiDocument document) {
    this.document = document;
  }

  /** The number of answers of each kind. */
  Map<String, LongAdder> counts() {
    return counts;
  }

  /** The fault of an answer, or empty. */
  Optional<String> fault(Operation operation, RequestDraft draft, RawAnswer answer) {
    if (answer.end() != End.ANSWERED) {
      return missing(draft, answer);
    }
    count("status " + answer.status());
    for (String line : answer.head().subList(1, answer.head().size())) {
      if (!HEADER_LINE.matcher(line).matches()) {
        return Optional.of("header line that is not valid");
      }
    }
    String all = String.join("\n", answer.head()) + "\n" + answer.text();
    if (answer.status() == 400 && answer.text().contains("CWWWC0005I:")) {
      // Open Liberty's answer to a path that it cannot decode (security.md).
      count("400 of the container");
      return Optional.empty();
    }
    // The doctor reports the exception class if the public URL cannot be reached.
    boolean doctor = draft.path().endsWith("/doctor") && answer.status() == 200;
    for (String secret : SECRETS) {
      if (all.contains(secret) && !(doctor && secret.equals("Exception"))) {
        return Optional.of(
            "status %d with \"%s\" in it".formatted(answer.status(), secret.strip()));
      }
    }
    if (answer.status() >= 400) {
      return refusal(draft, answer);
    }
    if (draft.isRefusalRequired()) {
      return Optional.of(ACCEPTED + draft.refusalReason());
    }
    return success(operation, draft, answer);
  }

  private Optional<String> missing(RequestDraft draft, RawAnswer answer) {
    boolean closed = answer.end() == End.CLOSED && draft.isMalformed();
    boolean cut = answer.end() == End.CUT && draft.isMalformed();
    if (closed || cut) {
      count(closed ? "closed without an answer" : "closed inside an answer");
      return Optional.empty();
    }
    return Optional.of(
        switch (answer.end()) {
          case CLOSED -> "connection closed without an answer";
          case CUT -> "connection closed inside an answer";
          case TIMED_OUT -> "no complete answer in time";
          case UNREADABLE -> "answer that is not HTTP";
          case ANSWERED -> throw new IllegalStateException();
        });
  }

  private Optional<String> refusal(RequestDraft draft, RawAnswer answer) {
    boolean problem = answer.mediaType().equals("application/problem+json");
    boolean head = draft.method().equals("HEAD");
    if (answer.status() == 503 && problem && (head || problemFault(answer).isEmpty())) {
      count("status 503 as announced");
      return Optional.empty();
    }
    boolean bare = answer.body().length == 0 && draft.isMalformed() && !problem;
    if (bare && answer.status() == 505) {
      count("bare 505");
      return Optional.empty();
    }
    if (answer.status() >= 500) {
      return Optional.of(
          "status %d, %s".formatted(answer.status(), problem ? "problem" : shape(answer)));
    }
    if (!isBelowApi(draft.path())) {
      count("refused outside of /api");
      return Optional.empty();
    }
    if (answer.status() == 403 && !problem && draft.method().equals("TRACE")) {
      count("TRACE refused by the container");
      return Optional.empty();
    }
    if (bare && answer.status() == 400) {
      count("bare 400");
      return Optional.empty();
    }
    if (!problem) {
      return Optional.of("status %d, %s".formatted(answer.status(), shape(answer)));
    }
    return head ? Optional.empty() : problemFault(answer);
  }

  private static String shape(RawAnswer answer) {
    if (answer.body().length == 0) {
      return "no body";
    }
    String text = answer.text().strip();
    return "%s: %s"
        .formatted(
            answer.mediaType(), text.substring(0, Math.min(40, text.length())).replace('\n', ' '));
  }

  private Optional<String> problemFault(RawAnswer answer) {
    JsonNode json;
    try {
      json = JSON.readTree(answer.text());
    } catch (JsonProcessingException e) {
      return Optional.of("problem that is not JSON");
    }
    if (json.path("status").asInt() != answer.status()) {
      return Optional.of(
          "problem of status %s in an answer of status %d"
              .formatted(json.path("status"), answer.status()));
    }
    return document.faults("Problem", answer.text()).stream()
        .findFirst()
        .map(fault -> "problem that is not as the document says: " + general(fault));
  }

  private Optional<String> success(Operation operation, RequestDraft draft, RawAnswer answer) {
    boolean asWritten =
        draft.method().equalsIgnoreCase(operation.method())
            && operationPath(operation).matcher(draft.path()).matches();
    if (!asWritten) {
      return Optional.empty();
    }
    if (answer.status() != document.success(operation)) {
      return Optional.of("status " + answer.status() + " that is not in the document");
    }
    List<String> forms = document.forms(operation);
    if (forms.isEmpty() && answer.body().length == 0) {
      return Optional.empty();
    }
    if (!forms.contains(answer.mediaType())) {
      return Optional.of("media type that is not in the document: " + answer.mediaType());
    }
    if (!answer.mediaType().equals("application/json")) {
      return Optional.empty();
    }
    return document.faults(operation, answer.status(), answer.mediaType(), answer.text()).stream()
        .findFirst()
        .map(fault -> "answer that is not as the document says: " + general(fault));
  }

  /** Removes array indexes. */
  private static String general(String fault) {
    return fault.replaceAll("\\[[0-9]+]", "[]");
  }

  private static Pattern operationPath(Operation operation) {
    return Pattern.compile(operation.path().replaceAll("\\{[a-z_]+}", "[A-Za-z0-9_-]+"));
  }

  /** Whether a path is below {@code /api}, before and after its dot segments are resolved. */
  static boolean isBelowApi(String path) {
    if (!path.matches("(?s)/api(/.*)?")) {
      return false;
    }
    int depth = 0;
    for (String segment : path.substring(1).split("[/\\\\]|%2[fF]|%5[cC]")) {
      String name = segment.split(";", 2)[0].replaceAll("%2[eE]", ".");
      depth += name.equals("..") ? -1 : name.isEmpty() || name.equals(".") ? 0 : 1;
      if (depth < 1) {
        return false;
      }
    }
    return true;
  }

  private void count(String kind) {
    counts.computeIfAbsent(kind, name -> new LongAdder()).increment();
  }
}
