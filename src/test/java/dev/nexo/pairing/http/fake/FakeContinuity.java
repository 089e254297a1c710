package dev.nexo.pairing.http.fake;

import dev.nexo.pairing.internal.StoreContinuity;
import dev.nexo.pairing.platform.Component;

/** A database that is never replaced. */
@Component
public class FakeContinuity implements StoreContinuity {

  @Override
  public boolean isReplaced() {
    return false;
  }
}
