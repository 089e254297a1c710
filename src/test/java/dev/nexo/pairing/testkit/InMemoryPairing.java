package dev.nexo.pairing.testkit;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.PairingIntake;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.Surface;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.PairingSessionStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A gate, an intake, a store and sessions in memory, for an application's unit tests. They pass the
 * same contracts as the module's own ({@link PairingGateContract}, {@link PairingIntakeContract},
 * {@link PairingStoreContract}, {@link PairingSessionContract}), without a server, a database and a
 * thread of their own. Thread-safe.
 *
 * <pre>{@code
 * InMemoryPairing pairing = new InMemoryPairing();
 * Bot bot = new Bot(pairing.gate());
 *
 * @Test
 * void strangerIsAdmittedAfterTheApproval() {
 *   assertEquals("held back", bot.answer("ana"));
 *   PendingRequest request =
 *       pairing.store().pending(AccountFilter.ALL, new PageRequest(10, null)).items().get(0);
 *   pairing.store().approve(request.requestId(), AllowTerms.NONE, null, InMemoryPairing.OPERATOR);
 *   assertEquals("welcome", bot.answer("ana"));
 * }
 * }</pre>
 *
 * <p>Sender ids follow the {@linkplain StubAdapters stub adapters} unless the test has its own.
 * Where the module has settings, the defaults hold: 3 requests and 30 challenges an hour for each
 * account, a request and a denial last for 60 minutes, a session for 24 hours. Messages are held
 * only after {@link #holdMessages}. Nothing is sent.
 */
public final class InMemoryPairing {

  /** An operator for calls of the store. */
  public static final Actor OPERATOR = new Actor("operator", Surface.API);

  private static final System.Logger LOG = System.getLogger(InMemoryPairing.class.getName());

  private final MovableClock clock = new MovableClock();
  private final List<PairingEvent> events = new CopyOnWriteArrayList<>();
  private final List<Consumer<PairingEvent>> observers = new CopyOnWriteArrayList<>();
  private final PairingRows rows = new PairingRows(clock, this::fire);
  private final MemoryGate gate;
  private final MemoryIntake intake;
  private final PairingStore store;
  private final MemorySessions sessions = new MemorySessions(rows);

  /** Creates an empty store that nobody is admitted by, with the stub adapters. */
  public InMemoryPairing() {
    this(new StubAdapters());
  }

  /**
   * Creates an empty store that nobody is admitted by.
   *
   * @param adapters normalize the sender ids, for example {@code new StubAdapters(new MyAdapter())}
   */
  public InMemoryPairing(PairingAdapterRegistry adapters) {
    gate = new MemoryGate(rows, adapters);
    intake = new MemoryIntake(rows, gate, adapters);
    store = new MemoryStore(rows, adapters);
  }

  /** Returns the gate, for the code that asks it. */
  public PairingGate gate() {
    return gate;
  }

  /** Returns the intake, for the code that receives messages. It challenges strangers. */
  public PairingIntake intake() {
    return intake;
  }

  /**
   * Holds the first messages of pending senders, as {@code pairing.policy.hold_messages} does. The
   * call that approves fires one {@link PairingEvent.HeldReleased}. The messages are deleted even
   * if an observer fails.
   *
   * @param limit how many messages of each sender are held, 0–5; 0 by default
   * @throws IllegalArgumentException if the limit is out of range
   */
  public void holdMessages(int limit) {
    intake.holdMessages(limit);
  }

  /** Returns the store, for the code or the test that approves. */
  public PairingStore store() {
    return store;
  }

  /** Returns the sessions of companions. */
  public PairingSessionStore sessions() {
    return sessions;
  }

  /** Returns the clock, which the test moves. */
  public MovableClock clock() {
    return clock;
  }

  /** Returns the events that were fired so far, in their order. */
  public List<PairingEvent> events() {
    return List.copyOf(events);
  }

  /** Adds an observer of events. An exception of an observer is logged and changes nothing. */
  public void observe(Consumer<PairingEvent> observer) {
    observers.add(observer);
  }

  private void fire(PairingEvent event) {
    events.add(event);
    for (Consumer<PairingEvent> observer : observers) {
      try {
        observer.accept(event);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "An observer of events failed", e);
      }
    }
  }

  /**
   * Admits a sender on the account {@code default}, as an operator does in advance.
   *
   * @throws IllegalArgumentException if the sender is blocked or the adapter rejects the id
   */
  public void admit(String channel, String senderId) {
    ChannelAccount account = ChannelAccount.of(channel, null);
    if (store.seed(account, List.of(new SeedEntry(senderId, null)), OPERATOR).seeded() == 0) {
      throw new IllegalArgumentException("The sender cannot be admitted: " + senderId);
    }
  }

  /**
   * Issues the token of a setup code.
   *
   * @param lifetime how long it can be redeemed
   * @param deviceLabel the operator's name for the device, or null
   */
  public BootstrapToken issue(Duration lifetime, String deviceLabel) {
    return sessions.issue(lifetime, deviceLabel);
  }

  /**
   * Makes the database available or not. Without it the gate drops every message, and the stores
   * throw {@link dev.nexo.pairing.StorageUnavailableException}.
   */
  public void setAvailable(boolean available) {
    synchronized (rows) {
      rows.available(available);
    }
  }
}
