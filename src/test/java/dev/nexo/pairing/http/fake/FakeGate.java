package dev.nexo.pairing.http.fake;

import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.DryRun;
import dev.nexo.pairing.Explanation;
import dev.nexo.pairing.MessageContext;
import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.platform.Component;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A gate that would admit friends and challenge everybody else. */
@Component
public class FakeGate implements PairingGate {

  @Override
  public Decision shouldAdmit(
      String channel, String account, String sender, AdmissionPolicy policy) {
    throw new UnsupportedOperationException("HTTP asks the intake");
  }

  @Override
  public Decision decide(SenderKey sender, AdmissionPolicy policy, MessageContext contact) {
    throw new UnsupportedOperationException("HTTP asks the intake");
  }

  @Override
  public Explanation explain(String channel, String accountId, String senderId) {
    FailingDependencies.mayCome(senderId);
    return new Explanation(
        senderId,
        Decision.Kind.CHALLENGE,
        "pending",
        FakeStore.WAITING.createdAt(),
        FakeStore.WAITING,
        null);
  }

  @Override
  public DryRun dryRun(ChannelAccount account, List<String> senderIds) {
    Map<Boolean, List<String>> friends =
        senderIds.stream().collect(Collectors.partitioningBy(id -> id.startsWith("friend")));
    return new DryRun(friends.get(true), friends.get(false), List.of());
  }
}
