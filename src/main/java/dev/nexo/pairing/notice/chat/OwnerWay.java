package dev.nexo.pairing.notice.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.internal.OperatorNotices.State;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.notice.Notice;
import dev.nexo.pairing.notice.Notice.Request;
import dev.nexo.pairing.notice.NoticeAttempts;
import dev.nexo.pairing.notice.NoticeJson;
import dev.nexo.pairing.notice.NoticeWay;
import dev.nexo.pairing.outbox.ChatPayload;
import dev.nexo.pairing.outbox.ChatSender;
import dev.nexo.pairing.outbox.Courier;
import dev.nexo.pairing.outbox.OutboxEntry;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.IdSource;
import dev.nexo.pairing.spi.DeliveryException;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/**
 * Tells each owner of new requests by a message in the owner's own chat, through the adapter of the
 * owner's channel. Thread-safe.
 */
@Component
class OwnerWay implements NoticeWay, Courier {

  private static final Logger LOG = System.getLogger(OwnerWay.class.getName());

  /** More than all requests of a notice have, in bytes. */
  private static final int MAX_PAYLOAD = Notice.MAX * 8_192;

  private final Owners owners;
  private final OwnerButtons buttons;
  private final OwnerTexts texts;
  private final ChatSender chats;
  private final NoticeAttempts attempts;
  private final IdSource ids;

  @Inject
  OwnerWay(
      Owners owners,
      OwnerButtons buttons,
      OwnerTexts texts,
      ChatSender chats,
      NoticeAttempts attempts,
      IdSource ids) {
    this.owners = owners;
    this.buttons = buttons;
    this.texts = texts;
    this.chats = chats;
    this.attempts = attempts;
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
  public String kind() {
    return OutboxEntry.OWNER;
  }

  /** An adapter sends the messages of its channel one after another. */
  @Override
  public String queue(OutboxEntry entry) {
    return entry.recipient().channel();
  }

  @Override
  public void test() {
    if (state() != State.ON) {
      throw new DeliveryException(
          "Nobody is notified: set pairing.notify.owner_chat, and give senders the role owner",
          null);
    }
    int failed = 0;
    for (Receiver receiver : receivers()) {
      SenderKey owner = receiver.recipient();
      ChatPayload message =
          new ChatPayload(texts.test(owner), List.of(), NoticeTarget.isNamed(receiver.target()));
      try {
        chats.send(ids.nextUuid(), owner, message);
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
    return Optional.of(
        StrictJson.object()
            .add("requests", NoticeJson.write(requests, MAX_PAYLOAD))
            .build()
            .toString());
  }

  @Override
  public void send(OutboxEntry entry) {
    if (!owners.enabled() || !owners.isOwner(entry.recipient())) {
      // The owner chat was turned off, or the admission expired, after the notice was planned.
      return;
    }
    JsonObject notice = StrictJson.parse(entry.payload().getBytes(UTF_8));
    texts
        .notice(entry.recipient(), NoticeJson.read(notice.getJsonArray("requests")))
        .map(told -> message(entry, told))
        .ifPresent(message -> attempts.run(entry, () -> send(entry, message)));
  }

  private ChatPayload message(OutboxEntry entry, OwnerTexts.Told told) {
    SenderKey owner = entry.recipient();
    return new ChatPayload(
        told.text(),
        OwnerButtons.rows(
            told.shown(),
            NoticeTarget.secretIn(entry.target()),
            order -> texts.label(owner, order)),
        NoticeTarget.isNamed(entry.target()));
  }

  private void send(OutboxEntry entry, ChatPayload message) {
    try {
      chats.send(entry.id(), entry.recipient(), message);
    } catch (DeliveryException e) {
      throw e;
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      throw new DeliveryException(
          "The adapter of the channel %s failed (%s)"
              .formatted(entry.recipient().channel(), e.getClass().getSimpleName()),
          e);
    }
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
