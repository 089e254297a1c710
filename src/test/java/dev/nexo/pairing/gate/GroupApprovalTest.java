package dev.nexo.pairing.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.Decision.Admit;
import dev.nexo.pairing.Decision.Challenge;
import dev.nexo.pairing.Decision.Challenge.Delivery;
import dev.nexo.pairing.Decision.Drop;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.DroppedSender;
import dev.nexo.pairing.DroppedSenders;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.MessageContext;
import dev.nexo.pairing.PendingOutcome;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.Role;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.config.AccountPolicy;
import dev.nexo.pairing.config.Policies;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.store.PairingContract;
import dev.nexo.pairing.testing.FixedPolicies;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.PairingContainer;
import dev.nexo.pairing.testing.Together;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Approvals of groups")
@OnEveryDatabase
class GroupApprovalTest extends PairingContract {

  private static final Decision NO = new Drop(DropReason.GROUP);
  private static final String GROUP = "-4123";
  private static final String SUPERGROUP = "-1001234567890";

  private final FixedPolicies policies = new FixedPolicies(policy(true));

  private static AccountPolicy policy(boolean pairs) {
    return new AccountPolicy(true, false, 30, pairs, 0, Set.of());
  }

  @Override
  @BeforeEach
  protected void open() {
    storage = database.create(directory.resolve("pairing.db"));
    pairing =
        PairingContainer.over(directory.resolve("pairing.db"))
            .with(StorageSettings.class, storage)
            .with(Policies.class, policies)
            .open();
  }

  private Decision writeIn(String group, String member) {
    return writeIn(group, member, AdmissionPolicy.CHALLENGE);
  }

  private Decision writeIn(String group, String member, AdmissionPolicy policy) {
    MessageContext context = new MessageContext("hi", "{}", true, true, true, null, member);
    return pairing.gate().decide(key(group), policy, context);
  }

  private static AllowTerms membersOnly() {
    return new AllowTerms(null, null, Role.GUEST, List.of(), null, true);
  }

  private PendingOutcome approve(PendingRequest request, AllowTerms terms) {
    return pairing.store().approve("#" + request.number(), terms, true, OPERATOR);
  }

  private PendingRequest requested(String group) {
    Challenge challenge = (Challenge) writeIn(group, "ana");
    assertThat(challenge.delivery()).isEqualTo(Delivery.SILENT);
    return challenge.request();
  }

  private long waiting() {
    return pairing
        .get(Database.class)
        .query(all -> all.first("SELECT count(*) FROM pairing_outbox", row -> row.getLong(1)))
        .orElseThrow();
  }

  @Test
  @DisplayName("Many members who write at once make one request; nothing is posted, ever")
  void oneRequest() throws Exception {
    Set<Decision> decisions = Set.copyOf(Together.run(16, i -> writeIn(GROUP, "member " + i)));
    assertThat(decisions).hasSize(1);
    assertThat(pending()).extracting(row -> row.sender().senderId()).containsExactly(GROUP);
    assertThat(approve(pending().get(0), AllowTerms.NONE)).isInstanceOf(PendingOutcome.Done.class);
    assertThat(writeIn(GROUP, "anybody")).isEqualTo(Admit.MEMBER);
    assertThat(write("anybody")).isInstanceOf(Challenge.class);
    assertThat(waiting()).isZero();
    revoke(GROUP);
    assertThat(writeIn(GROUP, "anybody")).isInstanceOf(Challenge.class);
  }

  @Test
  @DisplayName("A group is not admitted by a policy that is off, and dropped without pair")
  void policies() {
    assertThat(writeIn("group:x", "ana", AdmissionPolicy.ADMIT_EVERYONE))
        .isInstanceOf(Challenge.class);
    policies.set(policy(false));
    assertThat(writeIn("group:y", "ana")).isEqualTo(NO);
    assertThat(writeIn("group:y", "ana", AdmissionPolicy.ADMIT_EVERYONE)).isEqualTo(NO);
    assertThat(pairing.gate().explain("chat", null, "group:z").reason()).isEqualTo("group");
    policies.set(policy(true));
    assertThat(pairing.gate().explain("chat", null, "group:z").reason())
        .isEqualTo("unknown_sender");
  }

  @Test
  @DisplayName("In a restricted group only members who are approved themselves are admitted")
  void restricted() {
    seed("ana", "late");
    approve(requested(GROUP), membersOnly());
    assertThat(writeIn(GROUP, "ana")).isEqualTo(Admit.GUEST);
    assertThat(writeIn(GROUP, "eve")).isEqualTo(NO);
    assertThat(writeIn(GROUP, "")).isEqualTo(NO);
    assertThat(pairing.gate().decide(key(GROUP), AdmissionPolicy.CHALLENGE, MessageContext.NOTHING))
        .isEqualTo(NO);
    revoke("late");
    assertThat(writeIn(GROUP, "late")).isEqualTo(NO);
    assertThat(pending()).isEmpty();
    pairing
        .store()
        .update(
            key(GROUP),
            new AllowTerms.Update(null, null, null, null, null, Optional.of(false)),
            OPERATOR);
    assertThat(writeIn(GROUP, "eve")).isEqualTo(Admit.GUEST);
    assertThat(audit().get(0).detail()).contains("all members");
  }

  private List<DroppedSender> dropped() {
    return pairing.get(DroppedSenders.class).page(DroppedSenders.Filter.ALL, ALL).items();
  }

  @Test
  @DisplayName("Who is dropped in a group because of themselves is listed, with the group")
  void droppedMembers() {
    seed("ana");
    pairing.store().block(key("mallory"), null, OPERATOR);
    approve(requested(GROUP), membersOnly());
    assertThat(writeIn(GROUP, "eve")).isEqualTo(NO);
    writeIn(GROUP, "mallory");
    writeIn(GROUP, "");
    policies.set(policy(false));
    writeIn("group:other", "eve");
    assertThat(dropped())
        .extracting(
            row -> row.sender().senderId(), row -> row.reason().wireName(), DroppedSender::groupId)
        .containsExactlyInAnyOrder(
            tuple("eve", "group", GROUP),
            tuple("mallory", "blocked", GROUP),
            // It is not known who wrote, and here nobody is admitted.
            tuple(GROUP, "group", null),
            tuple("group:other", "group", null));
    assertThat(dropped()).extracting(DroppedSender::text).containsOnly("hi");
    pairing
        .get(DroppedSenders.class)
        .decide(DroppedSenders.Action.APPROVE, List.of(key("eve")), OPERATOR);
    assertThat(writeIn(GROUP, "eve")).isEqualTo(Admit.GUEST);
  }

  @Test
  @DisplayName("A limit to approved members does not lock out the person in whose row it is")
  void limitOfPerson() {
    pairing
        .store()
        .approve(challenged("ana").request().requestId(), membersOnly(), false, OPERATOR);
    for (int i = 0; i < 2; i++) {
      assertThat(write("ana")).isEqualTo(Admit.GUEST);
      assertThat(writeIn("ana", null)).isEqualTo(Admit.GUEST);
    }
  }

  @Test
  @DisplayName("A seed limits a group to its approved members, and never ends such a limit")
  void seeded() {
    seedGroup(true);
    assertThat(writeIn(GROUP, "eve")).isEqualTo(NO);
    assertThat(audit().get(0).detail()).contains("approved members only");
    revoke(GROUP);
    seedGroup(false);
    assertThat(writeIn(GROUP, "eve")).isEqualTo(NO);
    assertThat(allowed(false)).singleElement().matches(AllowedSender::membersOnly);
  }

  private void seedGroup(boolean membersOnly) {
    pairing
        .store()
        .seed(
            ACCOUNT,
            List.of(new SeedEntry(GROUP, null, Role.MEMBER, List.of(), null, membersOnly)),
            OPERATOR);
  }

  @Test
  @DisplayName("A blocked or denied person writes in no group, and makes no request for one")
  void blockedMember() {
    pairing.store().block(key("troll"), null, OPERATOR);
    assertThat(writeIn(GROUP, "troll")).isEqualTo(new Drop(DropReason.BLOCKED));
    assertThat(pending()).isEmpty();
    approve(requested(GROUP), AllowTerms.NONE);
    assertThat(writeIn(GROUP, "ana")).isInstanceOf(Admit.class);
    assertThat(writeIn(GROUP, "troll")).isEqualTo(new Drop(DropReason.BLOCKED));
    pairing.store().block(key(GROUP), null, OPERATOR);
    assertThat(writeIn(GROUP, "ana")).isEqualTo(new Drop(DropReason.BLOCKED));
  }

  @Test
  @DisplayName("An approval moves to the supergroup once, with its terms, and is audited")
  void moves() throws Exception {
    approve(requested(GROUP), membersOnly());
    seed("ana");
    assertThat(requested(SUPERGROUP).sender()).isEqualTo(key(SUPERGROUP));
    List<Boolean> moved =
        Together.run(8, i -> pairing.store().moveGroup(key(GROUP), key(SUPERGROUP)));
    assertThat(moved).containsOnlyOnce(true);
    assertThat(writeIn(SUPERGROUP, "ana")).isEqualTo(Admit.GUEST);
    assertThat(writeIn(SUPERGROUP, "eve")).isEqualTo(NO);
    assertThat(pending()).isEmpty();
    assertThat(writeIn(GROUP, "ana")).isInstanceOf(Challenge.class);
    assertThat(audit())
        .filteredOn(entry -> entry.action().equals("moved"))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.sender()).isEqualTo(key(SUPERGROUP));
              assertThat(entry.detail()).isEqualTo("from " + GROUP);
            });
  }

  @Test
  @DisplayName("A request and a block move; what is decided about the supergroup stays")
  void movesRequests() {
    PendingRequest request = requested(GROUP);
    assertThat(pairing.store().moveGroup(key(GROUP), key(SUPERGROUP))).isTrue();
    assertThat(pending()).singleElement().extracting("number").isEqualTo(request.number());
    assertThat(requested(SUPERGROUP).number()).isEqualTo(request.number());
    pairing.store().block(key("-5"), "spam", OPERATOR);
    assertThat(pairing.store().moveGroup(key("-5"), key("-1005555555555"))).isTrue();
    assertThat(writeIn("-1005555555555", "ana")).isEqualTo(new Drop(DropReason.BLOCKED));
    seed("-6");
    pairing.store().block(key("-1006666666666"), null, OPERATOR);
    pairing.store().moveGroup(key("-6"), key("-1006666666666"));
    assertThat(writeIn("-1006666666666", "ana")).isEqualTo(new Drop(DropReason.BLOCKED));
    seed("-7", "-1007777777777");
    revoke("-1007777777777");
    pairing.store().moveGroup(key("-7"), key("-1007777777777"));
    assertThat(writeIn("-1007777777777", "ana")).isInstanceOf(Challenge.class);
    assertThat(pairing.store().moveGroup(key("-8"), key("-1008888888888"))).isFalse();
  }

  @Test
  @DisplayName("A group is never an owner, because every member could approve others")
  void noOwner() {
    AllowTerms owner = new AllowTerms(null, null, Role.OWNER, List.of(), null);
    PendingRequest request = requested(GROUP);
    assertThatThrownBy(() -> approve(request, owner)).isInstanceOf(InvalidValueException.class);
    assertThat(pending()).hasSize(1);
    approve(request, AllowTerms.NONE);
    AllowTerms.Update change =
        new AllowTerms.Update(null, null, Optional.of(Role.OWNER), null, null, null);
    assertThatThrownBy(() -> pairing.store().update(key(GROUP), change, OPERATOR))
        .isInstanceOf(InvalidValueException.class);
    assertThat(writeIn(GROUP, "ana")).isEqualTo(Admit.MEMBER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "group:x",
        " group:x",
        "group:-5",
        "\u00a0group:-5",
        "group:chat:-5",
        "group:group:-5"
      })
  @DisplayName("A person cannot be named like a group")
  void noPerson(String chosen) {
    seed("group:x");
    seed("-5");
    assertThat(pairing.gate().shouldAdmit("chat", null, chosen, AdmissionPolicy.CHALLENGE))
        .isEqualTo(new Drop(DropReason.REJECTED_SENDER));
  }
}
