package dev.nexo.pairing.http.fake;

import dev.nexo.pairing.RequestListener;
import dev.nexo.pairing.config.Component;

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
