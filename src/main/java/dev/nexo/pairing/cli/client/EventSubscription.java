package dev.nexo.pairing.cli.client;

import dev.nexo.pairing.cli.terminal.CommandException;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/**
 * Receives the server's events until the listener ends the subscription. After a lost connection,
 * it connects again and continues after the last event. If it has missed more events than the
 * server repeats, it receives the event {@code reset}. For one thread.
 */
public final class EventSubscription {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** Statuses after which another attempt is useless. */
  private static final Set<Integer> FINAL = Set.of(400, 401, 403, 406);

  /** Receives the events. */
  public interface Listener {

    /** Reports that the first connection is open. Every later change causes an event. */
    void opened();

    /** Reports an event, and returns whether the listener waits for another. */
    boolean event(ServerEvent event);

    /** Reports that the connection is lost, and why. */
    void lost(String reason);

    /** Reports that the connection is open again. */
    void openedAgain();
  }

  private final Api api;
  private final Listener listener;
  private boolean opened;
  private boolean lost;
  private String id;
  private Duration retry = FIRST_PAUSE;

  /** Creates a subscription; {@link #run} opens it. */
  public EventSubscription(Api api, Listener listener) {
    this.api = api;
    this.listener = listener;
  }

  /**
   * Reports events until the listener ends the subscription.
   *
   * @throws CommandException if the first connection fails, or the server refuses a later one
   * @throws InterruptedException if the thread is interrupted
   */
  public void run() throws InterruptedException {
    Duration pause = retry;
    while (true) {
      String before = id;
      try (EventConnection connection = api.events(id)) {
        if (!receive(connection)) {
          return;
        }
        // The server ends each stream after some minutes.
      } catch (IOException e) {
        lost(Exchange.reason(e));
      } catch (CommandException e) {
        if (!opened || isFinal(e)) {
          throw e;
        }
        lost(e.getMessage());
      }
      boolean better = id != null && !id.equals(before) || !lost;
      pause = better ? retry : pause.multipliedBy(2);
      pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
      Thread.sleep(pause.toMillis());
    }
  }

  private static boolean isFinal(CommandException e) {
    return e instanceof ServerException refusal
        && (FINAL.contains(refusal.status()) || refusal.isOlderServer());
  }

  /** Reports the events of a connection, and returns whether another connection is needed. */
  private boolean receive(EventConnection connection) throws IOException {
    for (ServerEvent event = connection.next(); event != null; event = connection.next()) {
      retry = connection.retry() == null ? retry : connection.retry();
      open();
      if (event.name() != null && !listener.event(event)) {
        return false;
      }
      // Stored after the event is handled, so that the server sends an event again if that fails.
      id = event.id();
    }
    return true;
  }

  private void open() {
    if (!opened) {
      listener.opened();
      opened = true;
    } else if (lost) {
      listener.openedAgain();
    }
    lost = false;
  }

  private void lost(String reason) {
    if (!lost) {
      listener.lost(reason);
    }
    lost = true;
  }
}
