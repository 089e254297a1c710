package dev.nexo.pairing.e2e;

import dev.nexo.pairing.e2e.RequestGenerator.Recipe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Sends generated requests to a server from several threads, and checks the answers. If an answer
 * is wrong, the request is sent again with fewer changes to find those that cause the fault.
 */
final class FuzzRun {

  private static final int THREADS = 3;
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final int port;
  private final long seed;
  private final RequestGenerator generator;
  private final HarvestedValues harvest;
  private final AnswerCheck check;
  private final ServerLog log;
  private final FuzzFaults faults;
  private final AtomicLong next = new AtomicLong();

  FuzzRun(
      int port,
      long seed,
      RequestGenerator generator,
      HarvestedValues harvest,
      AnswerCheck check,
      ServerLog log,
      FuzzFaults faults) {
    this.port = port;
    this.seed = seed;
    this.generator = generator;
    this.harvest = harvest;
    this.check = check;
    this.log = log;
    this.faults = faults;
  }

  /** The number of requests, without those that repeat a fault. */
  long requests() {
    return next.get();
  }

  /** Sends requests until {@link System#nanoTime()} reaches a time. */
  void until(long end) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        workers.add(threads.submit(() -> work(end)));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void work(long end) {
    Sender sender = new Sender();
    try {
      while (System.nanoTime() < end) {
        Recipe recipe = generator.recipe(next.getAndIncrement());
        RequestDraft draft = generator.draft(recipe);
        RawAnswer answer = sender.send(recipe, draft);
        harvest.take(draft.header("Authorization"), answer);
        kind(recipe, draft, answer).ifPresent(kind -> report(kind, recipe, draft, answer));
      }
      sender.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The fault of an answer, with its cause if the server's log contains it. */
  private Optional<String> kind(Recipe recipe, RequestDraft draft, RawAnswer answer) {
    return check
        .fault(recipe.operation(), draft, answer)
        .map(
            fault -> {
              String incident = answer.header("X-Incident-Id");
              return incident.isEmpty() ? fault : fault + ": " + log.cause(incident);
            });
  }

  private void report(String kind, Recipe recipe, RequestDraft draft, RawAnswer answer) {
    String names = names(recipe);
    if (faults.isKnown(kind, names)) {
      faults.add(kind, names, Integer.MAX_VALUE, "");
      return;
    }
    Recipe smallest = recipe;
    RequestDraft smallestDraft = draft;
    RawAnswer smallestAnswer = answer;
    for (Mutation mutation : recipe.mutations()) {
      List<Mutation> others = new ArrayList<>(smallest.mutations());
      others.remove(mutation);
      Recipe smaller = smallest.with(others);
      RequestDraft smallerDraft = generator.draft(smaller);
      RawAnswer smallerAnswer = send(smallerDraft);
      if (kind(smaller, smallerDraft, smallerAnswer).equals(Optional.of(kind))) {
        smallest = smaller;
        smallestDraft = smallerDraft;
        smallestAnswer = smallerAnswer;
      }
    }
    if (kind.startsWith(AnswerCheck.ACCEPTED) && smallest.mutations().size() > 1) {
      // A later change has removed the reason to reject the request.
      return;
    }
    byte[] bytes = smallestDraft.bytes();
    faults.add(
        kind,
        names(smallest),
        bytes.length,
        "seed %d, request %d, %s\nrequest: %s\nanswer:\n%s"
            .formatted(
                seed,
                recipe.ordinal(),
                recipe.operation(),
                EscapedBytes.escape(bytes),
                smallestAnswer.summary().indent(2)));
  }

  private static String names(Recipe recipe) {
    return recipe.mutations().isEmpty()
        ? "no change"
        : recipe.mutations().stream().map(Mutation::name).collect(Collectors.joining(" + "));
  }

  private RawAnswer send(RequestDraft draft) {
    try {
      return send(port, draft.bytes(), draft.method().equals("HEAD"), draft.endsInput());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends one request over a new connection. */
  static RawAnswer send(int port, byte[] request, boolean headOnly, boolean endsInput)
      throws IOException {
    try (RawConnection connection = new RawConnection(port, LIMIT)) {
      return connection.exchange(request, headOnly, endsInput);
    }
  }

  /** The connection of one thread, kept open as long as both sides permit it. */
  private final class Sender {
    private RawConnection connection;
    private Recipe lastRecipe;
    private RequestDraft lastDraft;
    private RawAnswer lastAnswer;

    RawAnswer send(Recipe recipe, RequestDraft draft) throws IOException {
      byte[] bytes = draft.bytes();
      boolean headOnly = draft.method().equals("HEAD");
      if (connection != null && connection.surplus(lastAnswer) > 0) {
        report("bytes after the answer", lastRecipe, lastDraft, lastAnswer);
        close();
      }
      boolean kept = connection != null;
      if (!kept) {
        connection = new RawConnection(port, LIMIT);
      }
      RawAnswer answer = connection.exchange(bytes, headOnly, draft.endsInput());
      if (kept && answer.end() == RawAnswer.End.CLOSED) {
        // The server may close an idle connection just when it is used again.
        close();
        connection = new RawConnection(port, LIMIT);
        answer = connection.exchange(bytes, headOnly, draft.endsInput());
      }
      lastRecipe = recipe;
      lastDraft = draft;
      lastAnswer = answer;
      if (!draft.isKeptAlive() || !answer.isKeptAlive()) {
        close();
      }
      return answer;
    }

    void close() throws IOException {
      if (connection != null) {
        connection.close();
        connection = null;
      }
    }
  }
}
