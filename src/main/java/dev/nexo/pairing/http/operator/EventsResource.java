package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.address.AddressSlots;
import dev.nexo.pairing.http.auth.Caller;
import dev.nexo.pairing.http.request.CallerLimiter;
import dev.nexo.pairing.http.request.QueryFields;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.WorkerThreads;
import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.problem.ProblemException;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The call {@code GET /events}: a stream of events (WHATWG HTML, section 9.2). Thread-safe. */
@Component
public class EventsResource {

  /** How many missed lines of the audit trail a reconnecting client may receive. */
  static final int MAX_REPLAY = 1_000;

  /** How many streams one address may have open; an IPv6 /64 is one address. */
  static final int PER_ADDRESS = 16;

  private static final String LAST_EVENT_ID = "Last-Event-ID";
  private static final String RETRY_AFTER_SECONDS = "10";

  private static final Problem TOO_MANY_STREAMS =
      Problem.of(
              ProblemType.TOO_MANY_REQUESTS,
              "One address may have " + PER_ADDRESS + " open event streams. Close one of them.")
          .withHeader("Retry-After", RETRY_AFTER_SECONDS);

  private final PairingStore store;
  private final EventFeed feed;
  private final WorkerThreads threads;
  private final CallerLimiter limit;
  private final AddressSlots slots = new AddressSlots(PER_ADDRESS, EventFeed.MAX_LISTENERS);

  @Inject
  public EventsResource(
      PairingStore store, EventFeed feed, WorkerThreads threads, CallerLimiter limit) {
    this.store = store;
    this.feed = feed;
    this.threads = threads;
    this.limit = limit;
  }

  /**
   * Opens a stream, which then uses the container's asynchronous context. JAX-RS does not complete
   * the request: its own streams have unbounded queues for listeners that do not read.
   *
   * @param answer the answer of JAX-RS, which has suspended the request; null in a servlet
   */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public void listen(
      @Context HttpServletRequest request, @Context UriInfo uri, @Suspended AsyncResponse answer) {
    QueryFields query = new QueryFields(uri);
    Long last = lastEventId(request, query);
    query.end();
    if (request.getMethod().equals("HEAD")) {
      if (answer != null) {
        answer.resume(Response.ok().type(MediaType.SERVER_SENT_EVENTS_TYPE).build());
      }
      return;
    }
    if (answer == null && !request.isAsyncSupported()) {
      throw new ProblemException(
          ProblemType.NOT_FOUND,
          "The application's web.xml must have async-supported for the operator servlet, and for"
              + " every filter in front of it.");
    }
    long newest = store.newestAuditId();
    AsyncContext context = answer == null ? request.startAsync() : request.getAsyncContext();
    AddressSlots.Slot slot =
        slots
            .take(limit.address(request))
            .orElseThrow(() -> new ProblemException(TOO_MANY_STREAMS));
    open(context, last, newest, Caller.login(request), slot);
  }

  private void open(
      AsyncContext context, Long last, long newest, BooleanSupplier login, AddressSlots.Slot slot) {
    boolean goesOn = last != null && canGoOn(last, newest);
    long position = goesOn ? last : newest;
    context.setTimeout(0);
    EventStream stream =
        new EventStream(context, threads, threads::runAlone, wire -> leave(wire, slot));
    stream.send(EventFrames.greeting(position));
    if (last != null && !goesOn) {
      stream.send(EventFrames.reset(position));
    }
    if (!feed.add(stream, position, login)) {
      slot.release();
      throw new ProblemException(
          Problem.of(ProblemType.UNAVAILABLE, null).withHeader("Retry-After", RETRY_AFTER_SECONDS));
    }
    HttpServletResponse response = (HttpServletResponse) context.getResponse();
    response.setContentType(MediaType.SERVER_SENT_EVENTS);
    // Otherwise proxies such as nginx would buffer the events.
    response.setHeader("X-Accel-Buffering", "no");
    stream.start();
  }

  private void leave(EventFeed.Sink wire, AddressSlots.Slot slot) {
    feed.remove(wire);
    slot.release();
  }

  /** Returns whether a client can continue: few lines were missed, and the ids are plausible. */
  static boolean canGoOn(long last, long newest) {
    return last <= newest && newest - last <= MAX_REPLAY;
  }

  private static Long lastEventId(HttpServletRequest request, QueryFields query) {
    List<String> values = Collections.list(request.getHeaders(LAST_EVENT_ID));
    if (values.isEmpty()) {
      return null;
    }
    if (values.size() == 1 && values.get(0).matches("[0-9]{1,18}")) {
      return Long.valueOf(values.get(0));
    }
    query.violations().add(LAST_EVENT_ID, "must be the ID of an event of this stream");
    return null;
  }
}
