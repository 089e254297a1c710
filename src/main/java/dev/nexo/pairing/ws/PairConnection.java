package dev.nexo.pairing.ws;

import dev.nexo.pairing.address.AddressSlots;
import dev.nexo.pairing.companion.DeviceChallenge;
import dev.nexo.pairing.companion.PairingSession;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * One connection, from its first step to its last. Frames, deadlines, revocations and the end may
 * come at the same time; they are taken one after another. A frame may come while the one before is
 * being answered, as a quick peer's signature does; more than that nobody has a reason to send, and
 * they are ignored, which also bounds what a peer can make wait here. Thread-safe.
 */
final class PairConnection implements OpenConnections.Connection {

  /** How long a peer may take to present its token. */
  static final Duration TOKEN_TIME = Duration.ofSeconds(15);

  /** How long a peer may take to sign the challenge. */
  static final Duration SIGNATURE_TIME = Duration.ofSeconds(DeviceChallenge.LIFETIME_SECONDS);

  /** How many frames a peer may send in all, or, once it is kept, from one ping to the next. */
  static final int MAX_FRAMES = 1_024;

  /** How many frames may be there at once: one being answered, one behind it. */
  private static final int MAX_PENDING = 2;

  private static final System.Logger LOG = System.getLogger(PairConnection.class.getName());

  private final UpgradeRequest.Parameters arrival;
  private final Handshake handshake;
  private final ConnectionLimits limits;
  private final OpenConnections openConnections;
  private final SerialExecutor mailbox;
  private final Deadline deadline;
  private final AtomicInteger pending = new AtomicInteger();
  private final AtomicInteger frames = new AtomicInteger();
  private volatile Peer wire;
  private volatile AddressSlots.Slot place = () -> {};
  private volatile PairingSession session;
  private volatile boolean unanswered;
  private volatile boolean closed;
  private boolean over;

  PairConnection(
      UpgradeRequest.Parameters arrival,
      Handshake handshake,
      ConnectionLimits limits,
      OpenConnections openConnections,
      ScheduledExecutorService executor) {
    this.arrival = arrival;
    this.handshake = handshake;
    this.limits = limits;
    this.openConnections = openConnections;
    this.mailbox = new SerialExecutor(executor);
    this.deadline = new Deadline(executor);
  }

  /** The connection is there, by way of that wire. Called once, before anything else. */
  void open(Peer opened) {
    wire = opened;
    limits
        .startHandshake(arrival.address())
        .ifPresentOrElse(this::begin, () -> end(CloseFrame.CROWDED));
  }

  /** A text frame came, all of it. */
  void text(String frame) {
    take(() -> handshake.text(frame));
  }

  /** A binary frame came, or the beginning of one. */
  void binary() {
    take(handshake::binary);
  }

  /** A frame, or the sum of its fragments, is too long. */
  void tooBig() {
    take(handshake::tooBig);
  }

  /** The peer has answered a ping. */
  void pong() {
    unanswered = false;
  }

  /** The connection has ended, whoever ended it. */
  void closed() {
    closed = true;
    release();
  }

  /** Whether the connection has ended, and whatever still comes is of no use. */
  boolean isClosed() {
    return closed;
  }

  @Override
  public String sessionId() {
    return session.sessionId();
  }

  @Override
  public Instant expiresAt() {
    return session.expiresAt();
  }

  @Override
  public void end(CloseFrame closing) {
    mailbox.post(() -> finish(closing));
  }

  @Override
  public void ping() {
    mailbox.post(this::sendPing);
  }

  @Override
  public void stop() {
    wire.close(CloseFrame.STOPPING.code(), CloseFrame.STOPPING.reason());
  }

  private void begin(AddressSlots.Slot taken) {
    place = taken;
    try {
      expect(Handshake.Stage.TOKEN, TOKEN_TIME);
    } catch (RejectedExecutionException e) {
      // The server stops. Without a deadline there is no connection.
      stop();
      closed();
    }
    // Not now: the container has yet to begin reading.
    arrival.bearer().ifPresent(token -> mailbox.post(() -> perform(() -> handshake.bearer(token))));
  }

  private void take(Supplier<HandshakeStep> step) {
    int count = frames.incrementAndGet();
    if (count == MAX_FRAMES) {
      end(CloseFrame.NOISY);
    }
    if (count >= MAX_FRAMES) {
      return;
    }
    if (pending.incrementAndGet() > MAX_PENDING) {
      pending.decrementAndGet();
      return;
    }
    mailbox.run(
        () -> {
          try {
            perform(step);
          } finally {
            pending.decrementAndGet();
          }
        });
  }

  private void perform(Supplier<HandshakeStep> step) {
    if (over || closed) {
      return;
    }
    try {
      act(step.get());
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "A step of a handshake failed", e);
      finish(CloseFrame.FAULT);
    }
  }

  private void act(HandshakeStep answer) {
    if (answer instanceof HandshakeStep.End end) {
      finish(end.closing());
    } else if (answer instanceof HandshakeStep.Ask ask) {
      send(ask.frame());
      expect(Handshake.Stage.SIGNATURE, SIGNATURE_TIME);
    } else if (answer instanceof HandshakeStep.Keep keep) {
      keep(keep);
    }
  }

  /** Known as kept before the token goes out: who has it may be revoked at once. */
  private void keep(HandshakeStep.Keep answer) {
    session = answer.session();
    openConnections.add(this);
    place.release();
    deadline.disarm();
    send(answer.frame());
    if (closed) {
      release();
    }
  }

  private void sendPing() {
    if (over || closed) {
      return;
    }
    if (unanswered) {
      finish(CloseFrame.SILENT);
      return;
    }
    unanswered = true;
    frames.set(0);
    try {
      wire.ping();
    } catch (IOException e) {
      finish(CloseFrame.BROKEN);
    }
  }

  private void send(String frame) {
    try {
      wire.send(frame);
    } catch (IOException e) {
      finish(CloseFrame.BROKEN);
    }
  }

  private void finish(CloseFrame closing) {
    if (over) {
      return;
    }
    over = true;
    if (closing.frame() != null) {
      send(closing.frame());
    }
    if (session == null) {
      limits.countClosed(arrival.address());
    }
    wire.close(closing.code(), closing.reason());
    closed();
  }

  private void expect(Handshake.Stage awaited, Duration time) {
    deadline.arm(time, () -> mailbox.post(() -> perform(() -> handshake.late(awaited))));
  }

  private void release() {
    deadline.end();
    place.release();
    if (session != null) {
      openConnections.remove(this);
    }
  }

  /** The way to one peer. Called from one thread at a time, but for {@link #close}. */
  interface Peer {

    /**
     * Sends a text frame.
     *
     * @throws IOException where the peer has gone
     */
    void send(String frame) throws IOException;

    /**
     * Sends an empty ping.
     *
     * @throws IOException where the peer has gone
     */
    void ping() throws IOException;

    /** Sends a close frame, and nothing from then on. May be called again and from any thread. */
    void close(int code, String reason);
  }
}
