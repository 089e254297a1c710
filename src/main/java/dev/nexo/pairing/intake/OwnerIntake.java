package dev.nexo.pairing.intake;

import dev.nexo.pairing.Decision.Admit;
import dev.nexo.pairing.Decision.Drop;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.InboundMessage;
import dev.nexo.pairing.InboundOutcome;
import dev.nexo.pairing.InboundOutcome.Command;
import dev.nexo.pairing.PairingIntake;
import dev.nexo.pairing.Role;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.broker.BusMessage;
import dev.nexo.pairing.intake.GatedIntake.Admission;
import dev.nexo.pairing.internal.OwnerCommands;
import dev.nexo.pairing.internal.OwnerCommands.OwnWords;
import dev.nexo.pairing.internal.StorageBudget;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.Optional;

/**
 * The intake for all callers: executes the commands of owners, and leaves all other messages to
 * {@link GatedIntake}. Only a message that an owner wrote to the bot alone can be a command.
 * Thread-safe.
 */
@Component
final class OwnerIntake implements PairingIntake {

  private final GatedIntake intake;
  private final OwnerCommands commands;

  @Inject
  OwnerIntake(GatedIntake intake, OwnerCommands commands) {
    this.intake = intake;
    this.commands = commands;
  }

  @Override
  public InboundOutcome receive(InboundMessage message) {
    InboundOutcome outcome = intake.receive(message);
    if (!(outcome.decision() instanceof Admit admit) || !isOwner(admit)) {
      return outcome;
    }
    JsonObject meta =
        message.metaJson() == null
            ? JsonObject.EMPTY_JSON_OBJECT
            : StrictJson.find(message.metaJson(), StrictJson.MAX_DEPTH).orElseThrow();
    if (MessageClassifier.ofMeta(meta).kind() != MessageKind.DIRECT) {
      return outcome;
    }
    String sender = outcome.senderId();
    try {
      return execute(
              OwnWordsReader.read(
                  meta, message.channel(), message.accountId(), sender, message.text()))
          .map(command -> new InboundOutcome(sender, admit, null, null, command))
          .orElse(outcome);
    } catch (StorageUnavailableException e) {
      return new InboundOutcome(sender, new Drop(DropReason.STORAGE), null, null);
    }
  }

  /**
   * Decides about a message on the bus, as {@link GatedIntake#admission}.
   *
   * @param message the message as parsed
   * @param raw the message as received, for holding it
   * @return the admission, or empty if the message is not passed on, because it was a command or
   *     its sender is not admitted
   */
  Optional<Admission> admission(FilteredMessage message, BusMessage raw) {
    Optional<Admission> admission = intake.admission(message, raw);
    if (admission.filter(found -> isOwner(found.admit())).isEmpty()
        || message.kind() != MessageKind.DIRECT) {
      return admission;
    }
    try {
      return execute(
                  OwnWordsReader.read(
                      message.payload(),
                      message.account().channel(),
                      message.accountId(),
                      message.from(),
                      message.text()))
              .isPresent()
          ? Optional.empty()
          : admission;
    } catch (StorageUnavailableException e) {
      return Optional.empty();
    }
  }

  private boolean isOwner(Admit admit) {
    return admit.role() == Role.OWNER && commands.enabled();
  }

  private Optional<Command> execute(Optional<OwnWords> words) {
    try (StorageBudget budget = StorageBudget.open()) {
      return words.flatMap(commands::execute);
    }
  }
}
