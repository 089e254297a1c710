package dev.nexo.pairing.http.request;

import dev.nexo.pairing.RequestListener;
import dev.nexo.pairing.config.AddressSlots;
import dev.nexo.pairing.http.problem.Problem;
import dev.nexo.pairing.http.problem.ProblemType;
import dev.nexo.pairing.http.problem.ProblemWriter;
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
 * Reads one body by non-blocking reads (Jakarta Servlet 6.0, section 3.7), then dispatches the
 * request to its resource with the body in memory. A body that is late, too long or broken is
 * answered here. Reading and deadline may end it at the same moment; the first one does.
 *
 * <p>The body may be complete while the container is still on its way out of the filters. Servlet
 * defers a dispatch until then; Open Liberty does not, and answers such a request with an empty
 * 200. So the last step waits until the outermost filter is left, and is taken by its thread; if
 * the body comes later, it is taken a moment later. Thread-safe.
 */
final class BodyReader implements ReadListener {

  /** How long a body may take, from its request's head to its end. */
  static final int SECONDS = 5;

  /** The longest body, in bytes: a password or a token with its proof has less than 4 KiB. */
  static final int MAX_BODY = 16 * 1024;

  static final Problem TOO_LARGE =
      Problem.of(ProblemType.TOO_LARGE, "A body of a caller without a login may have 16 KiB.");

  private static final String ATTRIBUTE = BodyReader.class.getName();

  /** What the container needs between the outermost filter and its own end, and much more. */
  private static final int MOMENT_MILLIS = 20;

  private static final Logger LOG = System.getLogger(BodyReader.class.getName());

  private static final Problem LATE =
      Problem.of(
          ProblemType.REQUEST_TIMEOUT, "The body has to arrive within " + SECONDS + " seconds.");

  private static final Problem BROKEN =
      Problem.of(ProblemType.BAD_REQUEST, "The body ended early, or its chunks are malformed.");

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final AddressSlots.Slot slot;
  private final RequestListener listener;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final byte[] buffer = new byte[4 * 1024];
  private ServletInputStream in;
  private AsyncContext context;
  private ScheduledExecutorService background;
  private Future<?> deadline;
  private boolean ended;
  private boolean left;
  private Runnable lastStep;

  BodyReader(
      HttpServletRequest request,
      HttpServletResponse response,
      AddressSlots.Slot slot,
      RequestListener listener) {
    this.request = request;
    this.response = response;
    this.slot = slot;
    this.listener = listener;
  }

  /**
   * Begins to read, and returns.
   *
   * @throws IOException if the connection is gone already
   */
  synchronized void start(ScheduledExecutorService threads) throws IOException {
    background = threads;
    try {
      in = request.getInputStream();
      context = request.startAsync(new BufferedRequest(request, body), response);
      context.setTimeout(0);
      deadline = background.schedule(this::late, SECONDS, TimeUnit.SECONDS);
      request.setAttribute(ATTRIBUTE, this);
      in.setReadListener(this);
    } catch (IOException | RuntimeException e) {
      end();
      throw e;
    }
  }

  /** The thread that brought a request leaves the outermost filter. */
  static void leave(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof BodyReader reader) {
      request.removeAttribute(ATTRIBUTE);
      reader.leave();
    }
  }

  private synchronized void leave() {
    left = true;
    if (lastStep != null) {
      lastStep.run();
    }
  }

  private void takeLastStep(Runnable step) {
    if (left) {
      background.schedule(step, MOMENT_MILLIS, TimeUnit.MILLISECONDS);
    } else {
      lastStep = step;
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
      takeLastStep(context::dispatch);
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
    takeLastStep(() -> answer(problem));
  }

  private void answer(Problem problem) {
    try {
      // What is still to come of the body must not be taken for the next request.
      response.setHeader("Connection", "close");
      ProblemWriter.write(response, problem);
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.DEBUG, "The caller has gone: {0}", e.getClass().getSimpleName());
    } finally {
      context.complete();
    }
  }

  /** Whether this is what ends the reading. */
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
