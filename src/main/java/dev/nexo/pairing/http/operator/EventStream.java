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
 * A stream of events to one listener. It uses a separate thread only while there is data to write,
 * because on Open Liberty every write, even a non-blocking one, waits for the listener. Unread data
 * is queued, up to 1 MiB; then the stream is closed, and the listener can continue with {@code
 * Last-Event-ID}. Thread-safe.
 */
final class EventStream implements EventFeed.Sink {

  /** The maximum number of queued bytes. */
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
   * Creates a stream, which sends nothing before {@link #start}.
   *
   * @param context the context of the request, without a timeout
   * @param threads provides a thread while data is written
   * @param apart runs each task on a thread that has not run a request before
   * @param gone called once, when either side has ended the stream
   */
  EventStream(
      AsyncContext context, Executor threads, Executor apart, Consumer<EventFeed.Sink> gone) {
    this.context = context;
    this.threads = threads;
    this.apart = apart;
    this.gone = gone;
  }

  /** Starts to send. Sends the data queued so far on the calling thread. */
  void start() {
    synchronized (this) {
      started = true;
      writing = true;
    }
    try {
      // Open Liberty ignores the first flush of a response, so flush once before the data.
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
      // Nothing is queued, or the listener had time to read the rest.
      close();
    }
    ending = true;
  }

  /** Starts to write on another thread, unless a thread is writing. */
  private void wake() {
    if (!started || writing) {
      return;
    }
    writing = true;
    try {
      threads.execute(this::write);
    } catch (RejectedExecutionException e) {
      // The server is stopping.
      writing = false;
      close();
    }
  }

  /** Writes until nothing is queued. A slow listener blocks this thread only. */
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

  /** Handles a disconnected listener, which is not an error. */
  private synchronized void failed(Exception fault) {
    LOG.log(Level.DEBUG, "A listener of events has gone: {0}", fault.getClass().getSimpleName());
    writing = false;
    close();
  }

  /** Returns and clears the queued data; if it is empty, the calling thread stops writing. */
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

  /** Ends the stream, as soon as no thread is writing, so that its slot is not freed earlier. */
  private void close() {
    closed = true;
    waiting.reset();
    if (writing || finished) {
      return;
    }
    finished = true;
    gone.accept(this);
    // Open Liberty completes the request of the calling thread's state, so use a new thread.
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
