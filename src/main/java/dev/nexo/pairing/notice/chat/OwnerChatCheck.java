package dev.nexo.pairing.notice.chat;

import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.internal.DoctorCheck;
import dev.nexo.pairing.internal.DoctorMessage;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/** Warns if the owner chat is on and nobody, or not every owner, can use it. Thread-safe. */
@Component
class OwnerChatCheck implements DoctorCheck {

  private static final String NAME = "owner_chat";

  /** The maximum number of owners that are named. */
  private static final int MAX_NAMED = 10;

  private final Owners owners;

  @Inject
  OwnerChatCheck(Owners owners) {
    this.owners = owners;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Finding> examine() {
    if (!owners.enabled()) {
      return List.of(Finding.ok(NAME, "Owners do not decide in their chats."));
    }
    List<Finding> findings = new ArrayList<>();
    int able = owners.all().size();
    if (able == 0) {
      findings.add(DoctorMessage.OWNER_CHAT_NOBODY.finding(NAME));
    } else {
      findings.add(Finding.ok(NAME, "Owners who decide in their chats: " + able + "."));
    }
    owners.withoutChat().stream()
        .limit(MAX_NAMED)
        .map(OwnerChatCheck::withoutChat)
        .forEach(findings::add);
    return findings;
  }

  private static Finding withoutChat(SenderKey owner) {
    return DoctorMessage.OWNER_WITHOUT_CHAT.finding(
        NAME, owner.channel(), owner.accountId(), owner.senderId());
  }
}
