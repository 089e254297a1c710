package dev.nexo.pairing.http.fake;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.DroppedSender;
import dev.nexo.pairing.DroppedSenders;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.platform.Component;
import java.time.Instant;
import java.util.List;

/** Two who were turned away, one of them without a word. */
@Component
public class FakeDropped implements DroppedSenders {

  private static final Instant AT = Instant.parse("2026-11-01T12:00:00Z");

  @Override
  public void dropped(SenderKey sender, DropReason reason, String text, String groupId) {
    throw new UnsupportedOperationException("HTTP drops nobody itself");
  }

  @Override
  public Page<DroppedSender> page(Filter filter, PageRequest page) {
    SenderKey loud = new SenderKey("whatsapp", "default", "+15550005555");
    SenderKey silent = new SenderKey("whatsapp", "work", "+15550006666");
    return FakeStore.page(
        List.of(
            new DroppedSender(
                loud, DropReason.BLOCKED, 1_000_000, AT, AT.plusSeconds(9), "let me in"),
            new DroppedSender(silent, DropReason.MAX_PENDING, 1, AT, AT, null)),
        page);
  }

  @Override
  public long count(Filter filter) {
    return 2;
  }

  @Override
  public List<Result> decide(Action action, List<SenderKey> senders, Actor by) {
    return senders.stream()
        .map(
            sender ->
                sender.senderId().startsWith("+")
                    ? new Result(sender, Outcome.DONE, null)
                    : new Result(sender, Outcome.REJECTED, "rejected_sender"))
        .toList();
  }
}
