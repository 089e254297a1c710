package dev.nexo.pairing.guard;

import dev.nexo.pairing.internal.LogMessage;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;

/**
 * Rejects a JAX-RS resource with {@link Admitted} that is not a CDI bean: nothing would enforce the
 * annotation. Public, because JAX-RS requires it. Thread-safe.
 */
@Provider
public class AdmittedFeature implements DynamicFeature {

  /** Creates the feature, for JAX-RS. */
  public AdmittedFeature() {}

  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    Class<?> type = resource.getResourceClass();
    boolean guarded =
        type.isAnnotationPresent(Admitted.class)
            || resource.getResourceMethod().isAnnotationPresent(Admitted.class);
    if (guarded && !BeanArchiveCheck.isBean(type)) {
      throw new IllegalStateException(
          LogMessage.NOT_A_BEAN.line(type.getName() + " has @Admitted"));
    }
  }
}
