package dev.nexo.pairing.notice.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.AuditEntry;
import dev.nexo.pairing.AuditFilter;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.Decision.Challenge;
import dev.nexo.pairing.InboundOutcome.Command;
import dev.nexo.pairing.InboundOutcome.Command.Action;
import dev.nexo.pairing.MessageContext;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.Role;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.config.NoticeSettings;
import dev.nexo.pairing.config.OwnerChatSettings;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.config.Texts;
import dev.nexo.pairing.config.WebhookSettings;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.internal.OperatorNotices;
import dev.nexo.pairing.internal.OperatorNotices.State;
import dev.nexo.pairing.internal.OwnerCommands;
import dev.nexo.pairing.internal.OwnerCommands.OwnWords;
import dev.nexo.pairing.message.StandardTexts;
import dev.nexo.pairing.message.TextFormat;
import dev.nexo.pairing.message.TextKind;
import dev.nexo.pairing.message.TextPlaceholder;
import dev.nexo.pairing.message.TextTemplate;
import dev.nexo.pairing.notice.NoticeWay;
import dev.nexo.pairing.outbox.Outbox;
import dev.nexo.pairing.spi.DeliveryException;
import dev.nexo.pairing.spi.PairingChannelAdapter;
import dev.nexo.pairing.spi.Reply;
import dev.nexo.pairing.spi.Reply.Button;
import dev.nexo.pairing.spi.SenderVerdict;
import dev.nexo.pairing.store.PairingContract;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.PairingContainer;
import dev.nexo.pairing.testing.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Owner chat")
@OnEveryDatabase
class OwnerChatTest extends PairingContract {

  private static final SenderKey BOSS = new SenderKey("phone", "main", "boss");

  private static final AllowTerms.Update MEMBER =
      new AllowTerms.Update(null, null, Optional.of(Role.MEMBER), null, null);

  /** What the channel's adapter sent, oldest first. */
  private final List<Reply> sent = new CopyOnWriteArrayList<>();

  private final OwnerTextsOf texts = new OwnerTextsOf();
  private volatile boolean unreachable;
  private volatile boolean refused;

  /** The language, and the text to owners of the account main. */
  private static final class OwnerTextsOf implements Texts {
    private volatile String language = "en";
    private volatile String owner;

    @Override
    public String language() {
      return language;
    }

    @Override
    public List<String> languages() {
      return STANDARD.languages();
    }

    @Override
    public Optional<TextTemplate> configured(
        String channel, String accountId, String in, TextKind kind) {
      return Optional.ofNullable(owner)
          .filter(any -> accountId.equals("main") && in.equals(language))
          .filter(any -> kind.setting().filter(TextKind.OWNER::equals).isPresent())
          .map(text -> TextTemplate.parse(TextKind.OWNER, text).orElseThrow());
    }
  }

  /** A channel whose ids are words, with groups. */
  private final class Phone implements PairingChannelAdapter {
    @Override
    public String channelId() {
      return "phone";
    }

    @Override
    public Optional<String> normalizeSender(String raw) {
      return Optional.of(raw.toLowerCase(Locale.ROOT));
    }

    @Override
    public SenderVerdict assess(String raw) {
      return raw.startsWith("crowd")
          ? SenderVerdict.group(raw)
          : SenderVerdict.person(raw.toLowerCase(Locale.ROOT));
    }

    @Override
    public String formatPlainText(String plain) {
      return "<" + plain + ">";
    }

    @Override
    public String formatCommand(String plain) {
      return "[" + plain + "]";
    }

    @Override
    public void sendReply(Reply reply) {
      if (unreachable) {
        refused = true;
        throw new IllegalStateException("unreachable, for this test");
      }
      sent.add(reply);
    }
  }

  @Override
  @BeforeEach
  protected void open() {
    storage = database.create(directory.resolve("pairing.db"));
    pairing = server(true);
    seed(BOSS, Role.OWNER);
  }

  private PairingContainer server(boolean ownerChat) {
    return PairingContainer.over(directory.resolve("pairing.db"))
        .with(StorageSettings.class, storage)
        .with(NoticeSettings.class, new NoticeSettings(Optional.empty()))
        .with(WebhookSettings.class, new WebhookSettings(Optional.empty(), Optional.empty()))
        .with(OwnerChatSettings.class, new OwnerChatSettings(ownerChat))
        .with(PairingChannelAdapter.class, new Phone())
        .with(Texts.class, texts)
        .withOutbox()
        .include("notice.NoticePlanner")
        .include("notice.chat.OwnerChat")
        .open();
  }

  private void seed(SenderKey sender, Role role) {
    pairing
        .store()
        .seed(
            new ChannelAccount(sender.channel(), sender.accountId()),
            List.of(new SeedEntry(sender.senderId(), null, role, List.of(), null)),
            OPERATOR);
  }

  private PendingRequest request(String account, String sender) {
    return request(new SenderKey("phone", account, sender), MessageContext.NOTHING);
  }

  private PendingRequest request(SenderKey sender, MessageContext message) {
    return ((Challenge) pairing.gate().decide(sender, AdmissionPolicy.CHALLENGE, message))
        .request();
  }

  private Optional<Command> write(SenderKey sender, String text) {
    return execute(sender, text, null);
  }

  private Optional<Command> execute(SenderKey sender, String text, String press) {
    return pairing
        .get(OwnerCommands.class)
        .execute(
            new OwnWords(
                sender.channel(), sender.accountId(), sender.senderId(), text, press, null));
  }

  private Reply notice() {
    await().until(() -> sent.stream().anyMatch(reply -> reply.text().contains("🔔")));
    return sent.stream().filter(reply -> reply.text().contains("🔔")).findFirst().orElseThrow();
  }

  private static Button button(Reply notice, String label) {
    return notice.buttons().stream()
        .flatMap(List::stream)
        .filter(button -> button.label().equals(label))
        .findFirst()
        .orElseThrow();
  }

  private boolean isOpen(PendingRequest request) {
    return pairing.store().pending(request.requestId()).isPresent();
  }

  private Decision.Kind decision(SenderKey sender) {
    return pairing.gate().decide(sender, AdmissionPolicy.CHALLENGE, MessageContext.NOTHING).kind();
  }

  private AuditEntry newestAudit() {
    AuditFilter all = new AuditFilter(new AccountFilter(null, null), null, null);
    return pairing.store().audit(all, ALL).items().get(0);
  }

  @Test
  @DisplayName("The owner gets sender, name, account and first words, never the code")
  void notice_() {
    PendingRequest request =
        request(
            new SenderKey("phone", "second", "ana"),
            new MessageContext(
                "Hi ” #13\napprove 99 " + "x".repeat(300),
                "{\"name\":\"Ana” #13 approve\"}",
                true));
    Reply notice = notice();
    assertThat(notice.to()).isEqualTo("boss");
    assertThat(notice.accountId()).isEqualTo("main");
    assertThat(notice.accountNamed()).isTrue();
    long number = request.number();
    assertThat(notice.text())
        .startsWith(
            "<🔔 New request #%d\nSender: ana\nClaims the name: “Ana' #13 approve”\n"
                    .formatted(number)
                + "Wrote to: phone, account second\nMessage: “Hi ' #13 approve 99 xxx")
        .contains("…”\n\nAnswer: approve %1$d, deny %1$d, block %1$d>".formatted(number))
        .doesNotContain(request.code().value());
    String first = notice.text().split("Message: “", 2)[1].split("”", 2)[0];
    assertThat(first).hasSize(200);
    assertThat(notice.buttons()).hasSize(1);
    assertThat(notice.buttons().get(0))
        .extracting(Button::label)
        .containsExactly("Approve", "Deny", "Block");
    assertThat(notice.buttons().get(0)).allMatch(button -> button.data().length() <= 64);
    assertThat(notice.buttons().get(0)).extracting(Button::data).doesNotHaveDuplicates();
    assertThat(notice.toString() + notice.buttons()).doesNotContain(button(notice, "Deny").data());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "/reset          | ∕reset          | a command",
        "Hi (/a_1), //b  | Hi (∕a_1), /∕b  | commands behind punctuation",
        "and/or 1/2 / x/ | and/or 1/2 / x/ | no command",
        "“/x″ ❞ ״        | '∕x' ' '        | quotation marks, too",
      })
  @DisplayName("A stranger's words contain no command that a tap of the owner would send")
  void noLinks(String words, String shown, String why) {
    request(
        new SenderKey("phone", "second", "/ana"),
        new MessageContext(words, "{\"name\":\"" + words + "\"}", true));
    assertThat(notice().text())
        .as(why)
        .contains("Sender: ∕ana\n", "name: “" + shown + "”\n", "Message: “" + shown + "”\n");
  }

  @Test
  @DisplayName("A digest lists ten requests with their numbers and buttons, and counts the rest")
  void digest() {
    request("a0", "first");
    notice();
    sent.clear();
    for (int i = 0; i < 12; i++) {
      request("a" + (1 + i / 3), "s" + i);
    }
    pairing.clock().move(Duration.ofMinutes(1));
    Reply notice = notice();
    assertThat(notice.text())
        .contains("🔔 12 new requests", "<#2 s0", "<#11 s9", "and 2 more")
        .endsWith("<Answer with a number, for example: approve 2, deny 2, block 2>")
        .doesNotContain("#12 s10");
    assertThat(notice.text().length()).isLessThan(4096);
    assertThat(notice.buttons()).hasSize(10);
    assertThat(button(notice, "Approve 7").data()).startsWith("np.");
    assertThat(execute(BOSS, null, button(notice, "Deny 7").data()))
        .contains(new Command(Action.DENIED, 7L));
  }

  @ParameterizedTest
  @FieldSource("dev.nexo.pairing.message.StandardTexts#LANGUAGES")
  @DisplayName("In each language the message, its words, buttons and the answer work")
  void languages(String language) {
    texts.language = language;
    PendingRequest request =
        request(new SenderKey("phone", "second", "ana"), new MessageContext("hi", "{}", true));
    Reply notice = notice();
    String[] lines = notice.text().replaceAll("[<>]", "").split("\n");
    assertThat(lines).as("no line for the name").hasSize(6);
    assertThat(lines[1]).endsWith("ana");
    assertThat(lines[3]).endsWith("“hi”");
    String orders = lines[5].split("[:：]", 2)[1];
    List<Order> read =
        Stream.of(orders.split("[,،，]"))
            .map(order -> TypedCommand.read(order).orElseThrow().order())
            .toList();
    assertThat(read).containsExactly(Order.values());
    assertThat(notice.buttons().get(0))
        .extracting(button -> TypedCommand.read(button.label() + " 1").orElseThrow().order())
        .containsExactly(Order.values());
    sent.clear();
    assertThat(write(BOSS, orders.split("[,،，]")[1]))
        .contains(new Command(Action.DENIED, request.number()));
    Map<TextPlaceholder, String> values =
        Map.of(
            TextPlaceholder.NUMBER, "" + request.number(),
            TextPlaceholder.SENDER, "ana",
            TextPlaceholder.CHANNEL, "phone",
            TextPlaceholder.ACCOUNT, "second");
    TextTemplate answer = StandardTexts.find(language, TextKind.OWNER_DENIED).orElseThrow();
    await().until(() -> !sent.isEmpty());
    assertThat(sent.get(0).text()).isEqualTo("<" + answer.render(values, TextFormat.PLAIN) + ">");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          New: {number} | <New: 1> | the number alone
          {number} {channel}:{account}:{sender} {name} {text} | <1 phone:second:ana “Ana' ´” “hi 'you'”> | every value
          "`approve {number}` {text}" | [approve 1]< “hi 'you'”> | a command
          """)
  @DisplayName("A configured text replaces the message, also in a digest")
  void configured(String text, String shown, String why) {
    texts.owner = text;
    MessageContext message = new MessageContext("hi\n“you”", "{\"name\":\"Ana\u201d ´\"}", true);
    request(new SenderKey("phone", "second", "ana"), message);
    await().until(() -> sent.stream().anyMatch(reply -> reply.to().equals("boss")));
    assertThat(sent.stream().filter(reply -> reply.to().equals("boss")))
        .as(why)
        .singleElement()
        .satisfies(reply -> assertThat(reply.text()).isEqualTo(shown))
        .satisfies(reply -> assertThat(reply.buttons()).hasSize(1));
    sent.clear();
    request(new SenderKey("phone", "second", "eva"), message);
    request(new SenderKey("phone", "third", "ana"), message);
    pairing.clock().move(Duration.ofMinutes(1));
    String two = shown.replace("1", "2").replace("ana", "eva");
    await().until(() -> sent.stream().anyMatch(reply -> reply.to().equals("boss")));
    assertThat(notice().text()).contains("🔔 2 new requests", two);
  }

  @Test
  @DisplayName("A digest that waits leaves out what was decided by then")
  void decidedWhileWaiting() {
    request("a0", "first");
    notice();
    sent.clear();
    unreachable = true;
    List<PendingRequest> requests = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      requests.add(request("a" + (1 + i / 3), "s" + i));
    }
    pairing.clock().move(Duration.ofMinutes(1));
    OperatorNotices ways = pairing.get(OperatorNotices.class);
    await().until(() -> owner(ways).isFailing());
    requests
        .subList(0, 10)
        .forEach(one -> pairing.store().approve(one.requestId(), AllowTerms.NONE, null, OPERATOR));
    unreachable = false;
    await()
        .until(
            () -> {
              pairing.clock().move(Duration.ofSeconds(1));
              return !owner(ways).isFailing();
            });
    Reply notice = notice();
    assertThat(notice.text())
        .contains("🔔 2 new requests", "<#12 s10", "<#13 s11")
        .doesNotContain("more", "s9");
    assertThat(notice.buttons()).hasSize(2);
  }

  @Test
  @DisplayName("A message that fails is reported like one of the other ways")
  void failing() {
    unreachable = true;
    request("third", "ana");
    OperatorNotices ways = pairing.get(OperatorNotices.class);
    await().until(() -> owner(ways).isFailing());
    assertThat(owner(ways).failure())
        .contains("The adapter of the channel phone failed (IllegalStateException)");
    unreachable = false;
    await()
        .until(
            () -> {
              pairing.clock().move(Duration.ofSeconds(1));
              return !owner(ways).isFailing();
            });
    assertThat(notice().to()).isEqualTo("boss");
  }

  private static OperatorNotices.Way owner(OperatorNotices ways) {
    return ways.ways().stream().filter(way -> way.name().equals("owner")).findFirst().orElseThrow();
  }

  @Test
  @DisplayName("A digest of the longest values fits into one message of Telegram")
  void longestDigest() {
    request("a0", "first");
    notice();
    sent.clear();
    for (int i = 0; i < 12; i++) {
      String meta = "{\"name\":\"" + "n".repeat(200) + "\"}";
      SenderKey sender = new SenderKey("phone", "a" + "b".repeat(62) + i / 3, i + "s".repeat(200));
      request(sender, new MessageContext("t".repeat(500), meta, false));
    }
    pairing.clock().move(Duration.ofMinutes(1));
    assertThat(notice().text().length()).isBetween(2000, 4096);
  }

  @ParameterizedTest
  @CsvSource({
    "approve, APPROVED, ADMIT, approved",
    "deny, DENIED, DROP, denied",
    "block, BLOCKED, DROP, blocked"
  })
  @DisplayName("An owner decides by answering, and gets one line")
  void decides(String word, Action action, Decision.Kind then, String audited) {
    PendingRequest request = request("second", "ana");
    notice();
    sent.clear();
    assertThat(write(BOSS, word + " " + request.number()))
        .contains(new Command(action, request.number()));
    assertThat(decision(request.sender())).isEqualTo(then);
    AuditEntry entry = newestAudit();
    assertThat(entry.action()).isEqualTo(audited);
    assertThat(entry.actor()).isEqualTo("phone:main:boss");
    assertThat(entry.surface()).isEqualTo("chat");
    await().until(() -> sent.stream().anyMatch(reply -> reply.to().equals("boss")));
    assertThat(sent).filteredOn(reply -> reply.to().equals("boss")).hasSize(1);
    assertThat(sent.stream().filter(reply -> reply.to().equals("boss")).findFirst().orElseThrow())
        .extracting(Reply::text)
        .isEqualTo(
            "<#%d is %s: ana, who wrote to phone, account second.>"
                .formatted(request.number(), audited));
  }

  @Test
  @DisplayName("A request that is decided or expired is unknown, and the owner gets that answer")
  void unknown() {
    PendingRequest decided = request("second", "ana");
    PendingRequest expired = request("second", "ben");
    approve(decided.requestId());
    pairing.clock().move(Duration.ofHours(2));
    for (long number : List.of(decided.number(), expired.number(), 4711L)) {
      assertThat(write(BOSS, "approve " + number))
          .contains(new Command(Action.UNKNOWN_REQUEST, number));
    }
    await()
        .until(() -> sent.stream().anyMatch(reply -> reply.text().contains("#4711 is not open")));
    assertThat(decision(expired.sender())).isEqualTo(Decision.Kind.CHALLENGE);
  }

  /** Senders who may not decide, with the reason. */
  private static Map<SenderKey, String> notOwners() {
    Map<SenderKey, String> others = new LinkedHashMap<>();
    others.put(new SenderKey("phone", "third", "ana"), "the requester");
    others.put(new SenderKey("phone", "main", "ana"), "the requester on the owner's account");
    others.put(new SenderKey("phone", "main", "stranger"), "a stranger");
    others.put(new SenderKey("phone", "main", "member"), "a member");
    others.put(new SenderKey("phone", "main", "guest"), "a guest");
    others.put(new SenderKey("phone", "second", "boss"), "the owner's id on another account");
    others.put(new SenderKey("other", "main", "boss"), "the owner's id on another channel");
    others.put(new SenderKey("phone", "main", "crowd"), "a group with the role owner");
    others.put(new SenderKey("phone", "main", "group:1"), "a group of a channel without groups");
    others.put(new SenderKey("telegram", "main", "@boss"), "a name that can get another owner");
    others.put(new SenderKey("phone", "main", "revoked"), "an owner who was revoked");
    others.put(new SenderKey("phone", "main", "expired"), "an owner whose admission has expired");
    others.put(new SenderKey("phone", "main", "blocked"), "an owner who was blocked");
    others.put(new SenderKey("phone", "main", "demoted"), "an owner who is a member now");
    return others;
  }

  @Test
  @DisplayName("Nobody but an owner decides, neither by a command nor by an owner's button")
  void others() {
    seed(new SenderKey("phone", "main", "member"), Role.MEMBER);
    seed(new SenderKey("phone", "main", "guest"), Role.GUEST);
    for (String id : List.of("crowd", "group:1", "revoked", "expired", "blocked", "demoted")) {
      seed(new SenderKey("phone", "main", id), Role.OWNER);
    }
    seed(new SenderKey("telegram", "main", "@boss"), Role.OWNER);
    pairing.store().revoke(new SenderKey("phone", "main", "revoked"), OPERATOR);
    AllowTerms.Update soon =
        new AllowTerms.Update(Optional.of(pairing.clock().instant().plusSeconds(60)), null);
    pairing.store().update(new SenderKey("phone", "main", "expired"), soon, OPERATOR);
    pairing.store().block(new SenderKey("phone", "main", "blocked"), null, OPERATOR);
    pairing.store().update(new SenderKey("phone", "main", "demoted"), MEMBER, OPERATOR);
    pairing.clock().move(Duration.ofSeconds(61));
    PendingRequest request = request("third", "ana");
    Reply notice = notice();
    notOwners()
        .forEach(
            (other, who) -> {
              assertThat(write(other, "approve " + request.number())).as(who).isEmpty();
              assertThat(execute(other, null, button(notice, "Approve").data())).as(who).isEmpty();
            });
    assertThat(isOpen(request)).isTrue();
    assertThat(sent).extracting(Reply::to).containsOnly("boss");
  }

  @Test
  @DisplayName("An owner does not decide about the same id on another account")
  void oneself() {
    PendingRequest request = request("second", "boss");
    PendingRequest other = request("second", "ana");
    pairing.clock().move(Duration.ofMinutes(1));
    await().until(() -> sent.stream().anyMatch(reply -> reply.text().contains("Sender: ana")));
    assertThat(sent).noneMatch(reply -> reply.text().contains("Sender: boss"));
    assertThat(write(BOSS, "approve " + request.number()))
        .contains(new Command(Action.UNKNOWN_REQUEST, request.number()));
    assertThat(isOpen(request)).isTrue();
    assertThat(isOpen(other)).isTrue();
  }

  @Test
  @DisplayName(
      "A button is pressed once, by the owner to whom it was sent, while the request waits")
  void buttons() {
    SenderKey second = new SenderKey("phone", "main", "second");
    seed(second, Role.OWNER);
    PendingRequest request = request("third", "ana");
    await().until(() -> sent.stream().filter(r -> r.text().contains("🔔")).count() == 2);
    Reply boss = sent.stream().filter(r -> r.to().equals("boss")).findFirst().orElseThrow();
    Reply other = sent.stream().filter(r -> r.to().equals("second")).findFirst().orElseThrow();
    Command unknown = new Command(Action.UNKNOWN_REQUEST, request.number());
    assertThat(execute(BOSS, null, button(other, "Approve").data())).contains(unknown);
    String denying = button(boss, "Deny").data();
    for (String forged :
        List.of(
            "np." + request.number() + ".a." + "A".repeat(22),
            denying.replace(".d.", ".b."),
            denying.replace(".d.", ".a."))) {
      assertThat(execute(BOSS, null, forged)).as(forged).contains(unknown);
    }
    assertThat(execute(BOSS, null, denying.replace("np." + request.number(), "np.4711")))
        .contains(new Command(Action.UNKNOWN_REQUEST, 4711L));
    assertThat(execute(BOSS, "approve " + request.number(), "menu:1")).isEmpty();
    assertThat(isOpen(request)).isTrue();
    Button approve = button(boss, "Approve");
    OwnWords foreign = new OwnWords("phone", "main", "boss", null, approve.data(), "ana");
    assertThat(pairing.get(OwnerCommands.class).execute(foreign)).isEmpty();
    OwnWords own = new OwnWords("phone", "main", "boss", null, approve.data(), "Boss");
    assertThat(pairing.get(OwnerCommands.class).execute(own))
        .contains(new Command(Action.APPROVED, request.number()));
    assertThat(decision(request.sender())).isEqualTo(Decision.Kind.ADMIT);
    for (String label : List.of("Approve", "Block")) {
      assertThat(execute(BOSS, null, button(boss, label).data()))
          .contains(new Command(Action.UNKNOWN_REQUEST, request.number()));
    }
    assertThat(execute(second, null, button(other, "Block").data()))
        .contains(new Command(Action.UNKNOWN_REQUEST, request.number()));
    assertThat(decision(request.sender())).isEqualTo(Decision.Kind.ADMIT);
  }

  @Test
  @DisplayName("Of several answers at once exactly one decides")
  void together() throws Exception {
    PendingRequest request = request("third", "ana");
    List<Command> answers =
        Together.run(
            8,
            i ->
                write(BOSS, (i % 2 == 0 ? "approve " : "block ") + request.number()).orElseThrow());
    assertThat(answers).filteredOn(a -> a.action() != Action.UNKNOWN_REQUEST).hasSize(1);
  }

  @Test
  @DisplayName("Words that are no command pass, also those of an owner")
  void otherWords() {
    PendingRequest request = request("third", "ana");
    assertThat(write(BOSS, "shall I approve " + request.number())).isEmpty();
    assertThat(write(BOSS, null)).isEmpty();
    assertThat(isOpen(request)).isTrue();
  }

  private Map<String, Runnable> endsOfOwners() {
    AllowTerms.Update expiring =
        new AllowTerms.Update(Optional.of(pairing.clock().instant().plusSeconds(60)), null);
    Map<String, Runnable> ends = new LinkedHashMap<>();
    ends.put("another role", () -> pairing.store().update(BOSS, MEMBER, OPERATOR));
    ends.put("an end of the admission", () -> pairing.store().update(BOSS, expiring, OPERATOR));
    ends.put("a revocation", () -> pairing.store().revoke(BOSS, OPERATOR));
    ends.put("a block", () -> pairing.store().block(BOSS, null, OPERATOR));
    return ends;
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"another role", "an end of the admission", "a revocation", "a block"})
  @DisplayName("A notice that waits is not sent to an owner who is none any more")
  void formerOwner(String end) {
    unreachable = true;
    request("third", "ana");
    // An attempt that has begun is not interrupted.
    await().until(() -> refused && pairing.get(Outbox.class).waiting() == 1);
    endsOfOwners().get(end).run();
    pairing.clock().move(Duration.ofSeconds(61));
    unreachable = false;
    await()
        .until(
            () -> {
              // An attempt that fails at this moment is repeated after up to a minute.
              pairing.clock().move(Duration.ofSeconds(2));
              return pairing.get(Outbox.class).waiting() == 0;
            });
    assertThat(sent).isEmpty();
  }

  @Test
  @DisplayName("An account whose plugin names no account gets notices without one")
  void unnamed() {
    SenderKey owner = new SenderKey("phone", "default", "chief");
    seed(owner, Role.OWNER);
    request(
        new SenderKey("phone", "default", "ana"),
        new MessageContext("hi", "{}", false, false, false));
    await().until(() -> sent.stream().anyMatch(reply -> reply.to().equals("chief")));
    Reply notice = sent.stream().filter(r -> r.to().equals("chief")).findFirst().orElseThrow();
    assertThat(notice.accountNamed()).isFalse();
  }

  @Test
  @DisplayName("A test reaches every owner, or says that it did not")
  void test() {
    NoticeWay way = pairing.get(OwnerWay.class);
    assertThat(way.state()).isEqualTo(State.ON);
    way.test();
    assertThat(sent).singleElement().extracting(Reply::to).isEqualTo("boss");
    unreachable = true;
    assertThatThrownBy(way::test).isInstanceOf(DeliveryException.class).hasMessageContaining("1");
    pairing.store().update(BOSS, MEMBER, OPERATOR);
    assertThat(way.state()).isEqualTo(State.NO_RECEIVERS);
    assertThatThrownBy(way::test).isInstanceOf(DeliveryException.class);
  }

  @Test
  @DisplayName("The doctor names owners who have no chat, and says if nobody is notified")
  void doctor() {
    OwnerChatCheck check = pairing.get(OwnerChatCheck.class);
    assertThat(check.examine()).extracting(Finding::level).containsExactly(Finding.Level.OK);
    pairing.store().update(BOSS, MEMBER, OPERATOR);
    seed(new SenderKey("telegram", "main", "@boss"), Role.OWNER);
    assertThat(check.examine()).extracting(Finding::id).containsExactly("NXP-1145", "NXP-1146");
    assertThat(check.examine().get(1).text()).startsWith("@boss on telegram:main");
  }

  @Test
  @DisplayName("If the owner chat is off, owners are not told and nothing is a command")
  void off() {
    pairing.close();
    pairing = server(false);
    PendingRequest request = request("third", "ana");
    assertThat(write(BOSS, "approve " + request.number())).isEmpty();
    assertThat(pairing.get(OwnerWay.class).receivers()).isEmpty();
    assertThat(pairing.get(OwnerWay.class).state()).isEqualTo(State.OFF);
    assertThat(isOpen(request)).isTrue();
    assertThat(pairing.get(PairingAdapterRegistry.class).channels()).contains("phone");
  }
}
