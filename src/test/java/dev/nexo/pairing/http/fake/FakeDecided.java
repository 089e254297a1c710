package dev.nexo.pairing.http.fake;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.Actor;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PendingOutcome;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.internal.DecidedRequests;
import dev.nexo.pairing.platform.Component;
import java.time.Instant;
import java.util.List;

/** Two denied senders; the request of one of them can be restored. */
@Component
public class FakeDecided implements DecidedRequests {

  private static final Instant AT = Instant.parse("2026-11-01T12:00:00Z");
  private static final SenderKey SENDER = new SenderKey("whatsapp", "default", "+15550007777");

  @Override
  public Page<Denied> denied(AccountFilter accounts, PageRequest page) {
    SenderKey other = new SenderKey("whatsapp", "work", "+15550008888");
    return FakeStore.page(
        List.of(
            new Denied(SENDER, AT, AT.plusSeconds(3600), "spam", "req-7"),
            new Denied(other, AT, AT.plusSeconds(3600), null, null)),
        page);
  }

  @Override
  public PendingOutcome restore(String requestId, Actor by) {
    FailingDependencies.mayCome(requestId);
    return requestId.equals("req-7")
        ? new PendingOutcome.Done(SENDER, AT)
        : new PendingOutcome.Unknown();
  }
}
