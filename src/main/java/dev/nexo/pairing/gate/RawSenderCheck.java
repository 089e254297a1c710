package dev.nexo.pairing.gate;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.AdapterUnavailableException;
import dev.nexo.pairing.AllowFilter;
import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.Explanation;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.internal.DoctorCheck;
import dev.nexo.pairing.internal.DoctorMessage;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Warns about rows of allow-from that never match a message, because Nexo stored the id as it was
 * typed. Reads up to {@value #MAX_PAGES} pages. Thread-safe.
 */
@Component
class RawSenderCheck implements DoctorCheck {

  private static final String NAME = "raw_senders";
  private static final int MAX_PAGES = 10;
  private static final int MAX_NAMED = 10;

  /** What a shell takes literally, so that the remedy can be copied. */
  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9@+._:][A-Za-z0-9@+._:-]*");

  /** What every shell takes literally inside quotation marks, for example a number with spaces. */
  private static final Pattern QUOTED = Pattern.compile("[A-Za-z0-9@+._:(][A-Za-z0-9@+._:() /-]*");

  private final PairingStore store;
  private final PairingAdapterRegistry adapters;
  private final PairingGate gate;

  @Inject
  RawSenderCheck(PairingStore store, PairingAdapterRegistry adapters, PairingGate gate) {
    this.store = store;
    this.adapters = adapters;
    this.gate = gate;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    int raw = 0;
    for (String channel : adapters.channels()) {
      AllowFilter filter = new AllowFilter(new AccountFilter(channel, null), null, false);
      String cursor = null;
      for (int i = 0; i < MAX_PAGES && (i == 0 || cursor != null); i++) {
        Page<AllowedSender> page =
            store.allowed(filter, new PageRequest(PageRequest.MAX_LIMIT, cursor));
        for (AllowedSender row : page.items()) {
          Finding finding = finding(row);
          if (finding != null && ++raw <= MAX_NAMED) {
            findings.add(finding);
          }
        }
        cursor = page.next();
      }
    }
    if (raw > MAX_NAMED) {
      findings.add(DoctorMessage.RAW_SENDERS_MORE.finding(NAME, raw - MAX_NAMED));
    }
    return raw == 0
        ? List.of(Finding.ok(NAME, "All senders in allow-from are in canonical form."))
        : findings;
  }

  /** Returns a warning if the row never matches and its sender is not admitted otherwise. */
  private Finding finding(AllowedSender row) {
    SenderKey sender = row.sender();
    String canonical;
    try {
      canonical = adapters.assess(sender.channel(), sender.senderId()).canonical();
    } catch (AdapterUnavailableException e) {
      return null;
    }
    if (sender.senderId().equals(canonical)) {
      return null;
    }
    String shown = shown(sender.senderId());
    if (!ChannelAccount.isAccount(sender.accountId())) {
      return DoctorMessage.RAW_SENDER_REJECTED.finding(NAME, sender.channel(), "<account>", shown);
    }
    if (canonical == null) {
      return DoctorMessage.RAW_SENDER_REJECTED.finding(
          NAME, sender.channel(), sender.accountId(), shown);
    }
    Explanation why = gate.explain(sender.channel(), sender.accountId(), canonical);
    if (why.reason().equals(Explanation.Reason.ALLOW_FROM.wireName())) {
      return null;
    }
    // The remedy must not admit a sender whose admission an operator has ended.
    boolean ended =
        why.decision() == Decision.Kind.DROP || why.allowed() != null || row.expiresAt() != null;
    DoctorMessage message = ended ? DoctorMessage.RAW_SENDER_ENDED : DoctorMessage.RAW_SENDER;
    return message.finding(NAME, sender.channel(), sender.accountId(), shown);
  }

  private static String shown(String senderId) {
    if (SAFE.matcher(senderId).matches()) {
      return senderId;
    }
    return QUOTED.matcher(senderId).matches() ? "'" + senderId + "'" : "<sender>";
  }
}
