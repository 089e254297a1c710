package dev.nexo.pairing.ws;

import dev.nexo.pairing.address.AddressSlots;
import dev.nexo.pairing.companion.DeviceChallenge;
import dev.nexo.pairing.companion.PairingSession;
import dev.nexo.pairing.internal.LogMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * One connection to {@code /pair} from its opening to its end. Thread-safe.
 *
 * <ol>
 *   <li>{@link #open} takes a slot for the handshake and starts the deadline for the token.
 *   <li>Each frame, expired deadline or end of the session is one step. Steps may arrive at the
 *       same time; they run one after another, and {@link Handshake} decides each answer.
 *   <li>After the handshake the connection is closed, or it is added to {@link OpenConnections} and
 *       waits for the end of the session.
 *   <li>{@link #closed} releases what the connection holds, whichever side closed it.
 * </ol>
 *
 * <p>While one frame is handled, one more may wait, such as the signature of a fast peer. Further
 * frames are ignored, which limits the memory that a peer can use.
 */
final class PairConnection implements OpenConnections.Connection {

  /** How long a peer may take to send its token. */
  static final Duration TOKEN_TIME = Duration.ofSeconds(15);

  /** How long a peer may take to sign the challenge. */
  static final Duration SIGNATURE_TIME = Duration.ofSeconds(DeviceChallenge.LIFETIME_SECONDS);

  /** How many frames a peer may send in the handshake, or later between two pings. */
  static final int MAX_FRAMES = 1_024;

  /** How many frames may be present at once: one that is handled, one that waits. */
  private static final int MAX_PENDING = 2;

  private static final System.Logger LOG = System.getLogger(PairConnection.class.getName());

  private final UpgradeRequest.Parameters upgrade;
  private final Handshake handshake;
  private final ConnectionLimits limits;
  private final OpenConnections openConnections;
  private final SerialExecutor steps;
  private final Deadline deadline;
  private final AtomicInteger pending = new AtomicInteger();
  private final AtomicInteger frames = new AtomicInteger();
  private volatile Peer peer;
  private volatile AddressSlots.Slot slot = () -> {};
  private volatile PairingSession session;
  private volatile Optional<String> tokenSha256 = Optional.empty();
  private volatile boolean unanswered;
  private volatile boolean closed;
  private boolean finished;

  PairConnection(
      UpgradeRequest.Parameters upgrade,
      Handshake handshake,
      ConnectionLimits limits,
      OpenConnections openConnections,
      ScheduledExecutorService executor) {
    this.upgrade = upgrade;
    this.handshake = handshake;
    this.limits = limits;
    this.openConnections = openConnections;
    this.steps = new SerialExecutor(executor);
    this.deadline = new Deadline(executor);
  }

  /**
   * Starts the handshake, or closes the connection if too many are in the handshake. Called once,
   * before any other method.
   */
  void open(Peer opened) {
    peer = opened;
    limits
        .startHandshake(upgrade.address())
        .ifPresentOrElse(this::begin, () -> end(CloseFrame.TOO_MANY_CONNECTIONS));
  }

  /** Handles a complete text message. */
  void text(String frame) {
    take(() -> handshake.text(frame));
  }

  /** Handles a binary frame, or its first fragment. */
  void binary() {
    take(handshake::binary);
  }

  /** Handles a message that is too long, in one frame or in several fragments. */
  void tooBig() {
    take(handshake::tooBig);
  }

  /** Handles the answer to a ping. */
  void pong() {
    unanswered = false;
  }

  /** Releases what the connection holds. Called when either side has ended it. */
  void closed() {
    closed = true;
    release();
  }

  /** Returns whether the connection has ended, so that further frames are useless. */
  boolean isClosed() {
    return closed;
  }

  @Override
  public String sessionId() {
    return session.sessionId();
  }

  @Override
  public Optional<String> tokenSha256() {
    return tokenSha256;
  }

  @Override
  public Instant expiresAt() {
    return session.expiresAt();
  }

  @Override
  public void end(CloseFrame closing) {
    steps.post(() -> finish(closing));
  }

  @Override
  public void ping() {
    steps.post(this::sendPing);
  }

  @Override
  public void stop() {
    peer.close(CloseFrame.SERVER_STOPPING.code(), CloseFrame.SERVER_STOPPING.reason());
  }

  private void begin(AddressSlots.Slot taken) {
    slot = taken;
    try {
      expect(Handshake.Stage.TOKEN, TOKEN_TIME);
    } catch (RejectedExecutionException e) {
      // The server is stopping. A connection without a deadline is not allowed.
      stop();
      closed();
    }
    // Runs later, because the container has not started reading yet.
    upgrade.bearer().ifPresent(token -> steps.post(() -> perform(() -> handshake.bearer(token))));
  }

  private void take(Supplier<Handshake.Step> step) {
    int count = frames.incrementAndGet();
    if (count == MAX_FRAMES) {
      end(CloseFrame.TOO_MANY_FRAMES);
    }
    if (count >= MAX_FRAMES) {
      return;
    }
    if (pending.incrementAndGet() > MAX_PENDING) {
      pending.decrementAndGet();
      return;
    }
    steps.run(
        () -> {
          try {
            perform(step);
          } finally {
            pending.decrementAndGet();
          }
        });
  }

  private void perform(Supplier<Handshake.Step> step) {
    if (finished || closed) {
      return;
    }
    try {
      act(step.get());
    } catch (RuntimeException | Error e) {
      LogMessage.HANDSHAKE_FAILED.log(LOG, e);
      finish(CloseFrame.SERVER_ERROR);
    }
  }

  private void act(Handshake.Step answer) {
    if (answer instanceof Handshake.Step.Close end) {
      finish(end.closing());
    } else if (answer instanceof Handshake.Step.SendChallenge ask) {
      send(ask.frame());
      expect(Handshake.Stage.SIGNATURE, SIGNATURE_TIME);
    } else if (answer instanceof Handshake.Step.KeepOpen keep) {
      keep(keep);
    }
  }

  /**
   * Adds the connection to the open ones before it sends the token: a peer that has the token can
   * end the session at once.
   */
  private void keep(Handshake.Step.KeepOpen answer) {
    session = answer.session();
    tokenSha256 = answer.tokenSha256();
    openConnections.add(this);
    slot.release();
    deadline.disarm();
    send(answer.frame());
    if (closed) {
      release();
    }
  }

  private void sendPing() {
    if (finished || closed) {
      return;
    }
    if (unanswered) {
      finish(CloseFrame.PING_TIMEOUT);
      return;
    }
    unanswered = true;
    frames.set(0);
    try {
      peer.ping();
    } catch (IOException e) {
      finish(CloseFrame.CONNECTION_FAILED);
    }
  }

  private void send(String frame) {
    try {
      peer.send(frame);
    } catch (IOException e) {
      finish(CloseFrame.CONNECTION_FAILED);
    }
  }

  private void finish(CloseFrame closing) {
    if (finished) {
      return;
    }
    finished = true;
    if (closing.frame() != null) {
      send(closing.frame());
    }
    if (session == null) {
      limits.countClosed(upgrade.address());
    }
    peer.close(closing.code(), closing.reason());
    closed();
  }

  private void expect(Handshake.Stage awaited, Duration time) {
    deadline.arm(time, () -> steps.post(() -> perform(() -> handshake.timeOut(awaited))));
  }

  private void release() {
    deadline.end();
    slot.release();
    if (session != null) {
      openConnections.remove(this);
    }
  }

  /** Sends frames to one peer. Called from one thread at a time, except {@link #close}. */
  interface Peer {

    /**
     * Sends a text frame.
     *
     * @throws IOException if the peer is gone
     */
    void send(String frame) throws IOException;

    /**
     * Sends an empty ping.
     *
     * @throws IOException if the peer is gone
     */
    void ping() throws IOException;

    /** Sends a close frame and nothing after it. May be called again and from any thread. */
    void close(int code, String reason);
  }
}
