package dev.nexo.pairing.notice.chat;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AdapterUnavailableException;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.InboundOutcome.Command;
import dev.nexo.pairing.InboundOutcome.Command.Action;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.PendingOutcome;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.Surface;
import dev.nexo.pairing.internal.OwnerCommands;
import dev.nexo.pairing.notice.chat.OwnerButtons.Press;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * Executes what owners decide in their chats ({@code protocol.md#owner-chat}).
 *
 * <p><b>What comes in:</b> a message that the gate has admitted because its sender is an owner, or
 * a press of one.
 *
 * <p><b>What happens:</b> if the whole text is a command, or the press is that of a button in a
 * notice, the database is asked whether the sender is an owner. Then the request is approved or
 * denied, in one transaction, audited with the owner's key and the surface {@code chat}. An owner
 * decides about the requests of all accounts, but not about a request of the same id.
 *
 * <p><b>What goes out:</b> the result, and one line for the owner in the outbox.
 *
 * <p><b>What can go wrong:</b> if the request was decided before or has expired, nothing changes.
 * If the database fails, the message is not passed on, and the owner has to write again.
 *
 * <p>Thread-safe.
 */
@Component
class OwnerChat implements OwnerCommands {

  private final Owners owners;
  private final OwnerButtons buttons;
  private final OwnerAnswers answers;
  private final OwnerTexts texts;
  private final PairingStore store;

  @Inject
  OwnerChat(
      Owners owners,
      OwnerButtons buttons,
      OwnerAnswers answers,
      OwnerTexts texts,
      PairingStore store) {
    this.owners = owners;
    this.buttons = buttons;
    this.answers = answers;
    this.texts = texts;
    this.store = store;
  }

  @Override
  public boolean enabled() {
    return owners.enabled();
  }

  @Override
  public Optional<Command> execute(OwnWords words) {
    if (!owners.enabled()) {
      return Optional.empty();
    }
    Optional<TypedCommand> typed =
        words.press() == null ? TypedCommand.read(words.text()) : Optional.empty();
    Optional<Press> press = Optional.ofNullable(words.press()).flatMap(OwnerButtons::read);
    if (typed.isEmpty() && press.isEmpty()) {
      return Optional.empty();
    }
    ChannelAccount account = ChannelAccount.of(words.channel(), words.accountId());
    Optional<SenderKey> owner =
        owners.find(account, words.senderId()).filter(found -> isOwn(words, found));
    if (owner.isEmpty()) {
      return Optional.empty();
    }
    boolean named = words.accountId() != null;
    return press
        .map(button -> press(owner.get(), button, named))
        .or(() -> typed.map(command -> typed(owner.get(), command, named)));
  }

  /** Returns whether the press names nobody else than the sender of the message. */
  private boolean isOwn(OwnWords words, SenderKey sender) {
    if (words.presser() == null) {
      return true;
    }
    try {
      return owners
          .person(words.channel(), words.presser())
          .filter(sender.senderId()::equals)
          .isPresent();
    } catch (AdapterUnavailableException e) {
      return false;
    }
  }

  private Command typed(SenderKey owner, TypedCommand command, boolean named) {
    Optional<PendingRequest> request = store.pending("#" + command.number());
    return decide(owner, command.order(), command.number(), request, named);
  }

  private Command press(SenderKey owner, Press press, boolean named) {
    Optional<PendingRequest> request =
        store
            .pending("#" + press.number())
            .filter(found -> buttons.isValid(owner, press, found.requestId()));
    return decide(owner, press.order(), press.number(), request, named);
  }

  private Command decide(
      SenderKey owner, Order order, long number, Optional<PendingRequest> request, boolean named) {
    Optional<PendingRequest> decided =
        request
            .filter(found -> !OwnerWay.isSamePerson(found.sender(), owner))
            .filter(found -> isDone(owner, order, found));
    Action action = decided.isPresent() ? action(order) : Action.UNKNOWN_REQUEST;
    Command command = new Command(action, number);
    return answered(owner, command, decided.map(PendingRequest::sender).orElse(null), named);
  }

  /** Decides; returns false if somebody else decided first. */
  private boolean isDone(SenderKey owner, Order order, PendingRequest request) {
    Actor by = new Actor(owner.toString(), Surface.CHAT);
    String id = request.requestId();
    PendingOutcome outcome =
        switch (order) {
          case APPROVE -> store.approve(id, AllowTerms.NONE, null, by);
          case DENY -> store.deny(id, false, null, by);
          case BLOCK -> store.deny(id, true, null, by);
        };
    return outcome instanceof PendingOutcome.Done;
  }

  private static Action action(Order order) {
    return switch (order) {
      case APPROVE -> Action.APPROVED;
      case DENY -> Action.DENIED;
      case BLOCK -> Action.BLOCKED;
    };
  }

  private Command answered(SenderKey owner, Command command, SenderKey requester, boolean named) {
    answers.add(owner, texts.answer(owner, command, requester), named);
    return command;
  }
}
