package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.platform.Component;
import jakarta.enterprise.inject.Typed;
import jakarta.ws.rs.Path;

/** Publishes the operator's calls in the JAX-RS application of the WAR. Thread-safe. */
@Path("/")
@Component
@Typed(ApiResource.class)
public class ApiResource extends OperatorResource {

  /** Creates the resource, for CDI. */
  public ApiResource() {}
}
