package dev.nexo.pairing.e2e;

import dev.nexo.pairing.SenderKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Records the changes that a server has acknowledged, and the change that was in progress when it
 * was killed. Thread-safe if each sender is used by one thread only.
 */
final class AcknowledgedChanges {

  /**
   * A change that was requested but not acknowledged. It must exist for all senders or for none.
   */
  record Flight(String action, List<SenderKey> senders) {}

  /** The recorded changes of one sender. */
  static final class Story {
    private final List<String> acknowledged = new ArrayList<>();
    private boolean delivered;
    private String code;

    /** The actions of the audit trail, oldest first. */
    List<String> acknowledged() {
      return acknowledged;
    }

    /** Whether the challenge was requested with delivery through the outbox. */
    boolean delivered() {
      return delivered;
    }

    /** The code, if the answer contained one. */
    String code() {
      return code;
    }
  }

  private final Map<SenderKey, Story> stories = new ConcurrentHashMap<>();
  private final Map<Thread, Flight> flights = new ConcurrentHashMap<>();

  /** Runs a change. If it throws, the change stays in doubt and the exception is passed on. */
  interface Call<E extends Exception> {
    /** Returns whether the change was made. */
    boolean make() throws E;
  }

  /** Makes a change to senders and records the result. */
  <E extends Exception> void change(String action, List<SenderKey> senders, Call<E> call) throws E {
    flights.put(Thread.currentThread(), new Flight(action, senders));
    boolean made = call.make();
    if (made) {
      senders.forEach(sender -> story(sender).acknowledged.add(action));
    }
    flights.remove(Thread.currentThread());
  }

  /** Records how a sender is challenged. Called before the change. */
  void challenge(SenderKey sender, boolean delivered) {
    story(sender).delivered = delivered;
  }

  /** The code of a sender. */
  void code(SenderKey sender, String code) {
    story(sender).code = code;
  }

  Story story(SenderKey sender) {
    return stories.computeIfAbsent(sender, key -> new Story());
  }

  Map<SenderKey, Story> stories() {
    return stories;
  }

  /** The changes that were in progress. */
  Collection<Flight> flights() {
    return flights.values();
  }

  /** Resolves a change in doubt with its result in the database. */
  void settle(Map<SenderKey, List<String>> actual) {
    flights.clear();
    stories.forEach(
        (sender, story) -> {
          story.acknowledged.clear();
          story.acknowledged.addAll(actual.getOrDefault(sender, List.of()));
        });
  }

  /** The number of changes so far. */
  long size() {
    return stories.values().stream().mapToLong(story -> story.acknowledged.size()).sum();
  }
}
