package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;

/**
 * The operator's calls that both JAX-RS and {@link OperatorServlet} answer, by resource. The
 * annotations are the only list of these calls. Thread-safe.
 *
 * <p>Neither this class nor its resources have a {@code @Path} at the class, because the JAX-RS
 * application of a host that embeds the module would then publish them without a login.
 */
@Component
public class OperatorResource {

  @Inject PendingResource pending;
  @Inject AllowFromResource allowFrom;
  @Inject BlockedResource blocked;
  @Inject DeniedResource denied;
  @Inject DroppedResource dropped;
  @Inject AuditResource audit;
  @Inject ExplainResource explain;
  @Inject PoliciesResource policies;
  @Inject ActivityResource activity;
  @Inject EventsResource events;

  /** Creates the resource, for CDI. */
  public OperatorResource() {}

  /** Returns the pending requests. */
  @Path("/pending")
  public PendingResource pending() {
    return pending;
  }

  /** Returns the admitted senders. */
  @Path("/allow-from")
  public AllowFromResource allowFrom() {
    return allowFrom;
  }

  /** Returns the blocked senders. */
  @Path("/blocked")
  public BlockedResource blocked() {
    return blocked;
  }

  /** Returns the denied senders. */
  @Path("/denied")
  public DeniedResource denied() {
    return denied;
  }

  /** Returns the dropped senders. */
  @Path("/dropped")
  public DroppedResource dropped() {
    return dropped;
  }

  /** Returns the audit trail. */
  @Path("/audit")
  public AuditResource audit() {
    return audit;
  }

  /** Returns the explanation of decisions. */
  @Path("/explain")
  public ExplainResource explain() {
    return explain;
  }

  /** Returns the policies of the accounts. */
  @Path("/policies")
  public PoliciesResource policies() {
    return policies;
  }

  /** Returns the activity of the last hours. */
  @Path("/activity")
  public ActivityResource activity() {
    return activity;
  }

  /** Returns the events. */
  @Path("/events")
  public EventsResource events() {
    return events;
  }
}
