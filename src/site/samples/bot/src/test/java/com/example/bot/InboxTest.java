package com.example.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Role;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.testkit.InMemoryPairing;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Inbox")
class InboxTest {

  private final InMemoryPairing pairing = new InMemoryPairing();
  private final Inbox inbox = new Inbox(pairing.gate());
  private final ChannelAccount account = new ChannelAccount(Inbox.CHANNEL, Inbox.ACCOUNT);

  private void admit(String sender, Role role) {
    SeedEntry entry = new SeedEntry(sender, null, role, List.of(), null);
    pairing.store().seed(account, List.of(entry), InMemoryPairing.OPERATOR);
  }

  @Test
  @DisplayName("A stranger gets a code, and no answer")
  void stranger() {
    assertTrue(inbox.receive("ana", "hi").matches("Ask the operator .* [A-Z2-9]{8}"));
  }

  @Test
  @DisplayName("A member gets an answer, a guest a greeting")
  void admitted() {
    admit("ana", Role.MEMBER);
    admit("gus", Role.GUEST);
    assertEquals("You said: hi", inbox.receive("ana", "hi"));
    assertEquals("Welcome, guest.", inbox.receive("gus", "hi"));
  }

  @Test
  @DisplayName("A blocked sender, and everyone while the database is down, gets nothing")
  void dropped() {
    admit("ana", Role.MEMBER);
    pairing.store().block(SenderKey.of(account, "eve"), null, InMemoryPairing.OPERATOR);
    assertEquals("", inbox.receive("eve", "hi"));
    pairing.setAvailable(false);
    assertEquals("", inbox.receive("ana", "hi"));
  }
}
