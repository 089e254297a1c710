package dev.nexo.pairing.http.container;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nexo.pairing.http.request.SelfProbe;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.platform.Component;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Waits at startup until this application answers at the server's HTTP port. Thread-safe.
 *
 * <p>Open Liberty opens its ports after it has started the applications, and registers the MBean of
 * an endpoint before. If another program uses the port, Liberty runs on without it. So only an
 * answer to a request with this process's secret shows that the server is reachable. A server that
 * starts the application again has its port open before: it may answer 404 for some seconds.
 */
@Component
public class PortWatch {

  /** How often the port is tried. */
  private static final long EVERY_MILLIS = 200;

  /** How long the port may answer for something else while this application is starting. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How long the port is tried, in total. */
  private static final Duration END = Duration.ofMinutes(10);

  private static final String ECHO = "nexo-pairing";

  private static final Logger LOG = System.getLogger(PortWatch.class.getName());

  /** What answers at the port. */
  private enum Answer {
    THIS_APPLICATION,
    SOMETHING_ELSE,
    NOTHING
  }

  private final Supplier<String> secret;
  private final ScheduledExecutorService background;
  private final Ticker ticker;
  private final Supplier<Optional<ServerAddress.Endpoint>> endpoint;

  private String path;
  private Runnable answers;
  private Future<?> task;
  private long started;
  private boolean done;
  private boolean reported;

  @Inject
  PortWatch(SelfProbe probe, ScheduledExecutorService background, Ticker ticker) {
    this(probe::secret, background, ticker, ServerAddress::http);
  }

  PortWatch(
      Supplier<String> secret,
      ScheduledExecutorService background,
      Ticker ticker,
      Supplier<Optional<ServerAddress.Endpoint>> endpoint) {
    this.secret = secret;
    this.background = background;
    this.ticker = ticker;
    this.endpoint = endpoint;
  }

  /**
   * Starts to wait.
   *
   * @param contextPath the path of this application; empty for the root
   * @param whenReachable runs once when this application answers, and at once if the server has no
   *     known endpoint
   */
  public synchronized void start(String contextPath, Runnable whenReachable) {
    begin(contextPath, whenReachable);
    task = background.scheduleWithFixedDelay(this::check, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Starts to wait without a task that calls {@link #check}. */
  synchronized void begin(String contextPath, Runnable whenReachable) {
    path = contextPath + "/";
    answers = whenReachable;
    started = ticker.read();
  }

  /** Tries the port once. */
  synchronized void check() {
    if (done) {
      return;
    }
    Optional<ServerAddress.Endpoint> now = endpoint.get();
    Duration waited = Duration.ofNanos(ticker.read() - started);
    Answer answer = now.map(this::ask).orElse(Answer.THIS_APPLICATION);
    if (answer == Answer.THIS_APPLICATION) {
      end();
      answers.run();
    } else if (waited.compareTo(END) > 0) {
      end();
    } else if (answer == Answer.SOMETHING_ELSE && waited.compareTo(PATIENCE) >= 0) {
      report(now.get());
    }
  }

  /** Stops waiting. */
  @PreDestroy
  synchronized void end() {
    done = true;
    if (task != null) {
      task.cancel(false);
    }
  }

  private void report(ServerAddress.Endpoint at) {
    if (!reported) {
      reported = true;
      LogMessage.PORT_IN_USE.log(LOG, at.localHost() + ":" + at.port(), LogFile.path());
    }
  }

  private Answer ask(ServerAddress.Endpoint at) {
    LocalHttp http = new LocalHttp(at.localHost(), at.port());
    try {
      String header = SelfProbe.HEADER + ": " + secret.get() + "\r\n";
      String response = http.post(path, header, ECHO.getBytes(US_ASCII));
      boolean ours = response.startsWith("HTTP/1.1 200") && response.endsWith("\r\n\r\n" + ECHO);
      return ours ? Answer.THIS_APPLICATION : Answer.SOMETHING_ELSE;
    } catch (ConnectException | NoRouteToHostException | UnknownHostException e) {
      return Answer.NOTHING;
    } catch (IOException e) {
      return Answer.SOMETHING_ELSE;
    }
  }
}
