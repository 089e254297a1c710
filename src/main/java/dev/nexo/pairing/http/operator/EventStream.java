package dev.nexo.pairing.http.operator;

import jakarta.servlet.AsyncContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * A stream to one listener, written to by a thread of its own only while there is something to
 * write: on Open Liberty every write waits for the listener, the container's non-blocking ones,
 * too. What the listener has not read waits here, up to 1 MiB; then it is cut off, and goes on by
 * {@code Last-Event-ID} from what it got. Thread-safe.
 */
final class EventStream implements EventFeed.Sink {

  /** The most that waits, in bytes. */
  static final int MAX_WAITING = 1 << 20;

  private static final Logger LOG = System.getLogger(EventStream.class.getName());

  private final AsyncContext context;
  private final Executor threads;
  private final Executor apart;
  private final Consumer<EventFeed.Sink> gone;
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private boolean started;
  private boolean writing;
  private boolean ending;
  private boolean closed;
  private boolean finished;

  /**
   * Sends nothing before {@link #start}.
   *
   * @param context of the request, without a timeout
   * @param threads lend a thread while something is written
   * @param apart runs each task on a thread that has run no request
   * @param gone called once, when the stream has ended, from whatever side
   */
  EventStream(
      AsyncContext context, Executor threads, Executor apart, Consumer<EventFeed.Sink> gone) {
    this.context = context;
    this.threads = threads;
    this.apart = apart;
    this.gone = gone;
  }

  /** Begins to send; what waits already is sent by the caller's thread. */
  void start() {
    synchronized (this) {
      started = true;
      writing = true;
    }
    try {
      // Open Liberty passes over the first flush of a response, so this one is it.
      context.getResponse().flushBuffer();
    } catch (IOException e) {
      failed(e);
      return;
    }
    write();
  }

  @Override
  public synchronized void send(String frame) {
    if (closed || ending) {
      return;
    }
    byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
    if (waiting.size() + bytes.length > MAX_WAITING) {
      LOG.log(Level.DEBUG, "A listener of events does not keep up and is cut off");
      close();
      return;
    }
    waiting.writeBytes(bytes);
    wake();
  }

  @Override
  public synchronized void end() {
    if (ending || waiting.size() == 0) {
      // Nothing waits, or it had its time to read the rest.
      close();
    }
    ending = true;
  }

  /** Has somebody write, unless somebody does. */
  private void wake() {
    if (!started || writing) {
      return;
    }
    writing = true;
    try {
      threads.execute(this::write);
    } catch (RejectedExecutionException e) {
      // The server stops.
      writing = false;
      close();
    }
  }

  /** Writes until nothing waits; held up by this listener, it holds up nobody else. */
  private void write() {
    try {
      OutputStream out = context.getResponse().getOutputStream();
      for (byte[] next = next(); next.length > 0; next = next()) {
        out.write(next);
        out.flush();
      }
    } catch (IOException | RuntimeException e) {
      failed(e);
    }
  }

  /** A listener that has gone is nothing to tell anybody. */
  private synchronized void failed(Exception fault) {
    LOG.log(Level.DEBUG, "A listener of events has gone: {0}", fault.getClass().getSimpleName());
    writing = false;
    close();
  }

  /** All that waits; empty where nothing does, and then nobody writes any longer. */
  private synchronized byte[] next() {
    byte[] next = closed ? new byte[0] : waiting.toByteArray();
    waiting.reset();
    if (next.length == 0) {
      writing = false;
      if (closed || ending) {
        close();
      }
    }
    return next;
  }

  /** Ends it, as soon as nobody writes: a place is free again when its thread is. */
  private void close() {
    closed = true;
    waiting.reset();
    if (writing || finished) {
      return;
    }
    finished = true;
    gone.accept(this);
    // Open Liberty ends the request whose state the calling thread has, so call on a fresh thread.
    apart.execute(this::complete);
  }

  private void complete() {
    try {
      context.complete();
    } catch (IllegalStateException e) {
      LOG.log(Level.DEBUG, "The container has ended the stream already");
    }
  }
}
