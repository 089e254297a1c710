package dev.nexo.pairing.http.fake;

import dev.nexo.pairing.internal.RequestListener;
import dev.nexo.pairing.platform.Component;

/** Counts nothing. */
@Component
public class FakeRequests implements RequestListener {

  @Override
  public void refused(Reason reason) {
    // Nobody asks.
  }

  @Override
  public void answered(int status) {
    // Nobody asks.
  }
}
