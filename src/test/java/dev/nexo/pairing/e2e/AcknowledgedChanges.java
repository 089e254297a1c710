package dev.nexo.pairing.e2e;

import dev.nexo.pairing.SenderKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the server has acknowledged, and what was under way when it was killed. Thread-safe, as long
 * as each sender is one thread's.
 */
final class AcknowledgedChanges {

  /** A change that was asked for and not acknowledged: it is there for all senders or for none. */
  record Flight(String action, List<SenderKey> senders) {}

  /** One sender's story. */
  static final class Story {
    private final List<String> acknowledged = new ArrayList<>();
    private boolean delivered;
    private String code;

    /** The actions of the audit trail, oldest first. */
    List<String> acknowledged() {
      return acknowledged;
    }

    /** Whether the challenge was to go through the outbox. */
    boolean delivered() {
      return delivered;
    }

    /** The code, where the answer had one. */
    String code() {
      return code;
    }
  }

  private final Map<SenderKey, Story> stories = new ConcurrentHashMap<>();
  private final Map<Thread, Flight> flights = new ConcurrentHashMap<>();

  /** What is done here either succeeds or stays in doubt; what it throws is passed on. */
  interface Call<E extends Exception> {
    /** Returns whether the change was made. */
    boolean make() throws E;
  }

  /** Makes a change to senders and keeps what came of it. */
  <E extends Exception> void change(String action, List<SenderKey> senders, Call<E> call) throws E {
    flights.put(Thread.currentThread(), new Flight(action, senders));
    boolean made = call.make();
    if (made) {
      senders.forEach(sender -> story(sender).acknowledged.add(action));
    }
    flights.remove(Thread.currentThread());
  }

  /** How a sender is challenged; to be said before the change. */
  void challenge(SenderKey sender, boolean delivered) {
    story(sender).delivered = delivered;
  }

  /** The code a sender was given. */
  void code(SenderKey sender, String code) {
    story(sender).code = code;
  }

  Story story(SenderKey sender) {
    return stories.computeIfAbsent(sender, key -> new Story());
  }

  Map<SenderKey, Story> stories() {
    return stories;
  }

  /** What was under way. */
  Collection<Flight> flights() {
    return flights.values();
  }

  /** What was in doubt has been looked up: from now on this is what happened. */
  void settle(Map<SenderKey, List<String>> actual) {
    flights.clear();
    stories.forEach(
        (sender, story) -> {
          story.acknowledged.clear();
          story.acknowledged.addAll(actual.getOrDefault(sender, List.of()));
        });
  }

  /** How many changes were made so far. */
  long size() {
    return stories.values().stream().mapToLong(story -> story.acknowledged.size()).sum();
  }
}
