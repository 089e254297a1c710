package com.example.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nexo.pairing.testkit.InMemoryPairing;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Approvals")
class ApprovalsTest {

  private final InMemoryPairing pairing = new InMemoryPairing();
  private final Inbox inbox = new Inbox(pairing.gate());
  private final Approvals approvals = new Approvals(pairing.store());

  @BeforeEach
  void observe() {
    pairing.observe(approvals::greet);
  }

  private String code(String sender) {
    String answer = inbox.receive(sender, "hi");
    return answer.substring(answer.length() - 8);
  }

  @Test
  @DisplayName("An approved sender is admitted and greeted")
  void approves() {
    String code = code("ana");
    assertEquals(List.of("#1 telegram:my_bot:ana"), approvals.waiting());
    assertEquals("Approved telegram:my_bot:ana", approvals.approve(code, "olga"));
    assertEquals("You said: hi", inbox.receive("ana", "hi"));
    assertEquals(List.of("ana"), approvals.greeted());
    assertTrue(approvals.waiting().isEmpty());
  }

  @Test
  @DisplayName("An expired or unknown code admits nobody")
  void refuses() {
    String code = code("ana");
    assertEquals("There is no such code.", approvals.approve("ABCDEFGH", "olga"));
    pairing.clock().move(Duration.ofHours(1));
    assertTrue(approvals.approve(code, "olga").startsWith("The code has expired"));
    assertTrue(inbox.receive("ana", "hi").startsWith("Ask the operator"));
  }
}
