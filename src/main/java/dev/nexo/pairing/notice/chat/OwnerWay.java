package dev.nexo.pairing.notice.chat;

import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.internal.OperatorNotices.State;
import dev.nexo.pairing.notice.Notice;
import dev.nexo.pairing.notice.Notice.Request;
import dev.nexo.pairing.notice.NoticeWay;
import dev.nexo.pairing.outbox.ChatPayload;
import dev.nexo.pairing.outbox.ChatSender;
import dev.nexo.pairing.outbox.OutboxEntry;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.IdSource;
import dev.nexo.pairing.spi.DeliveryException;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/**
 * Tells each owner of new requests by a message in the owner's own chat, through the adapter of the
 * owner's channel. Thread-safe.
 */
@Component
class OwnerWay implements NoticeWay {

  private static final Logger LOG = System.getLogger(OwnerWay.class.getName());

  private final Owners owners;
  private final OwnerButtons buttons;
  private final ChatSender chats;
  private final IdSource ids;

  @Inject
  OwnerWay(Owners owners, OwnerButtons buttons, ChatSender chats, IdSource ids) {
    this.owners = owners;
    this.buttons = buttons;
    this.chats = chats;
    this.ids = ids;
  }

  @Override
  public String name() {
    return OutboxEntry.OWNER;
  }

  @Override
  public List<Receiver> receivers() {
    return owners.all().stream().map(this::receiver).toList();
  }

  private Receiver receiver(SenderKey owner) {
    return new Receiver(owner, NoticeTarget.of(owner, owners.isNamed(owner), buttons.secret()));
  }

  @Override
  public State state() {
    if (!owners.enabled()) {
      return State.OFF;
    }
    return owners.all().isEmpty() ? State.NO_RECEIVERS : State.ON;
  }

  @Override
  public void test() {
    if (state() != State.ON) {
      throw new DeliveryException(
          "Nobody is told: set pairing.notify.owner_chat, and give senders the role owner", null);
    }
    int failed = 0;
    for (Receiver receiver : receivers()) {
      ChatPayload message =
          new ChatPayload(NoticeText.TEST, List.of(), NoticeTarget.isNamed(receiver.target()));
      try {
        chats.send(ids.nextUuid(), receiver.recipient(), message);
      } catch (RuntimeException e) {
        LOG.log(Level.DEBUG, "The test message was not sent", e);
        failed++;
      }
    }
    if (failed > 0) {
      throw new DeliveryException("Owners whose channel did not take the test: " + failed, null);
    }
  }

  @Override
  public Optional<String> payload(Notice notice, Receiver receiver) {
    List<Request> requests =
        notice.requests().stream()
            .filter(request -> !isSamePerson(request.sender(), receiver.recipient()))
            .toList();
    if (requests.isEmpty()) {
      return Optional.empty();
    }
    List<Request> shown = requests.stream().limit(NoticeText.MAX_REQUESTS).toList();
    ChatPayload payload =
        new ChatPayload(
            NoticeText.of(requests),
            OwnerButtons.rows(shown, NoticeTarget.secretIn(receiver.target())),
            NoticeTarget.isNamed(receiver.target()));
    return Optional.of(payload.json().build().toString());
  }

  /**
   * Returns whether a request is the owner's own, on another account. Nobody decides about
   * themselves.
   */
  static boolean isSamePerson(SenderKey requester, SenderKey owner) {
    return requester.channel().equals(owner.channel())
        && requester.senderId().equals(owner.senderId());
  }
}
