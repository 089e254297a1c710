package dev.nexo.pairing.store;

import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.DropReason;
import java.time.Instant;

/**
 * What the database says of a sender.
 *
 * @param allowed the row of allow-from, in force or not, or null
 * @param refusal the denial or block in force, or null
 */
public record SenderState(AllowedSender allowed, Refusal refusal) {

  /** Never heard of. */
  public static final SenderState UNKNOWN = new SenderState(null, null);

  /**
   * A sender that the operator turned down.
   *
   * @param reason {@link DropReason#DENIED} or {@link DropReason#BLOCKED}
   * @param since since when
   */
  public record Refusal(DropReason reason, Instant since) {}
}
