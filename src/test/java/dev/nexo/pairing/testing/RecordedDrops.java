package dev.nexo.pairing.testing;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.DroppedSender;
import dev.nexo.pairing.DroppedSenders;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.SenderKey;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records dropped messages as sender, reason and text. */
public final class RecordedDrops implements DroppedSenders {

  private final List<String> all = new CopyOnWriteArrayList<>();

  /** All recorded drops, in order. */
  public List<String> all() {
    return all;
  }

  @Override
  public void dropped(SenderKey sender, DropReason reason, String text, String groupId) {
    String group = groupId == null ? "" : " in " + groupId;
    all.add(sender + " " + reason.wireName() + " " + text + group);
  }

  @Override
  public Page<DroppedSender> page(Filter filter, PageRequest page) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long count(Filter filter) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Result> decide(Action action, List<SenderKey> senders, Actor by) {
    throw new UnsupportedOperationException();
  }
}
