package dev.nexo.pairing.http.request;

import dev.nexo.pairing.address.AddressSlots;
import dev.nexo.pairing.http.problem.ProblemWriter;
import dev.nexo.pairing.internal.RequestListener;
import dev.nexo.pairing.platform.WorkerThreads;
import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Reads one body with non-blocking reads (Jakarta Servlet 6.0, section 3.7), then dispatches the
 * request to its resource with the body in memory. If the body is late, too long or malformed, this
 * class responds with an error. The end of the body and the deadline may occur at the same time;
 * only the first has an effect. Thread-safe.
 *
 * <p>The dispatch runs on a thread that has not run a request before. Open Liberty leaves the path,
 * the query and the application of a request on the thread that ran it, and a dispatch reads them
 * from the calling thread: on the container's callback threads or executor, one caller would
 * receive another caller's query.
 */
final class BodyReader implements ReadListener {

  /** The time limit for a body in seconds, from the end of the request's head. */
  static final int SECONDS = 5;

  /** The maximum length in bytes. A password, or a token with its proof, has less than 4 KiB. */
  static final int MAX_BODY = 16 * 1024;

  static final Problem TOO_LARGE =
      Problem.of(
          ProblemType.TOO_LARGE, "The body must be at most 16 KiB in calls without a login.");

  private static final Logger LOG = System.getLogger(BodyReader.class.getName());

  private static final Problem LATE =
      Problem.of(ProblemType.REQUEST_TIMEOUT, "The body must arrive within " + SECONDS + " s.");

  private static final Problem BROKEN =
      Problem.of(
          ProblemType.BAD_REQUEST, "The body ended early, or its chunked encoding is malformed.");

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final AddressSlots.Slot slot;
  private final RequestListener listener;
  private final WorkerThreads workers;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final byte[] buffer = new byte[4 * 1024];
  private ServletInputStream in;
  private AsyncContext context;
  private Future<?> deadline;
  private boolean ended;

  BodyReader(
      HttpServletRequest request,
      HttpServletResponse response,
      AddressSlots.Slot slot,
      RequestListener listener,
      WorkerThreads workers) {
    this.request = request;
    this.response = response;
    this.slot = slot;
    this.listener = listener;
    this.workers = workers;
  }

  /**
   * Starts to read, and returns.
   *
   * @param schedule runs the deadline
   * @throws IOException if the connection is closed already
   */
  synchronized void start(ScheduledExecutorService schedule) throws IOException {
    try {
      in = request.getInputStream();
      context = request.startAsync(new BufferedRequest(request, body), response);
      context.setTimeout(0);
      deadline = schedule.schedule(this::late, SECONDS, TimeUnit.SECONDS);
      in.setReadListener(this);
    } catch (IOException | RuntimeException e) {
      end();
      throw e;
    }
  }

  @Override
  public synchronized void onDataAvailable() throws IOException {
    while (!ended && in.isReady()) {
      int count = in.read(buffer);
      if (count < 0) {
        return;
      }
      body.write(buffer, 0, count);
      if (body.size() > MAX_BODY) {
        refuse(TOO_LARGE, RequestListener.Reason.MALFORMED);
      }
    }
  }

  @Override
  public synchronized void onAllDataRead() {
    if (end()) {
      workers.runAlone(context::dispatch);
    }
  }

  @Override
  public synchronized void onError(Throwable fault) {
    LOG.log(Level.DEBUG, "A body could not be read: {0}", fault.getClass().getSimpleName());
    refuse(BROKEN, RequestListener.Reason.MALFORMED);
  }

  private synchronized void late() {
    refuse(LATE, RequestListener.Reason.SLOW_BODY);
  }

  private void refuse(Problem problem, RequestListener.Reason reason) {
    if (!end()) {
      return;
    }
    listener.refused(reason);
    workers.runAlone(() -> answer(problem));
  }

  private void answer(Problem problem) {
    try {
      // The rest of the body must not be read as the next request.
      response.setHeader("Connection", "close");
      ProblemWriter.write(response, problem);
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.DEBUG, "The caller has gone: {0}", e.getClass().getSimpleName());
    } finally {
      context.complete();
    }
  }

  /** Ends the reading; returns whether it had not ended before. */
  private boolean end() {
    boolean first = !ended;
    ended = true;
    slot.release();
    if (deadline != null) {
      deadline.cancel(false);
    }
    return first;
  }
}
