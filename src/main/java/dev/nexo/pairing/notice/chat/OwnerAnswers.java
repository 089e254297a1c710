package dev.nexo.pairing.notice.chat;

import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.outbox.ChatPayload;
import dev.nexo.pairing.outbox.OutboxDelivery;
import dev.nexo.pairing.outbox.OutboxEntry;
import dev.nexo.pairing.outbox.OutboxRows;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.IdSource;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;

/** Puts the lines that answer commands into the outbox. Thread-safe. */
@Component
class OwnerAnswers {

  private static final Logger LOG = System.getLogger(OwnerAnswers.class.getName());

  private final Database database;
  private final OutboxDelivery delivery;
  private final IdSource ids;
  private final Clock clock;

  @Inject
  OwnerAnswers(Database database, OutboxDelivery delivery, IdSource ids, Clock clock) {
    this.database = database;
    this.delivery = delivery;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Answers an owner with a text in the markup of the owner's channel. If the database fails, the
   * owner gets no answer: the decision is made, so this does not throw.
   */
  void add(SenderKey owner, String text, boolean named) {
    String payload = new ChatPayload(text, List.of(), named).json().build().toString();
    try {
      database.write(
          tx -> {
            // An id of its own: the answer stays when the request is deleted.
            String id = ids.nextUuid();
            OutboxRows.add(
                tx,
                id,
                id,
                OutboxEntry.OWNER_ANSWER,
                owner,
                owner.toString(),
                payload,
                clock.instant());
            return null;
          });
      delivery.wake();
    } catch (StorageUnavailableException e) {
      LOG.log(Level.DEBUG, "A command was executed, but not answered", e);
    }
  }
}
