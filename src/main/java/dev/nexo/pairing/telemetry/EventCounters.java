package dev.nexo.pairing.telemetry;

import dev.nexo.pairing.DeliveryResult;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.platform.Component;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** The counters of the contract, section 9; there from the start, at zero. */
@Component
class EventCounters {

  private final MetricRegistry metrics;
  private final PairingAdapterRegistry adapters;
  private final ChannelLabels channels;

  @Inject
  EventCounters(MetricRegistry metrics, PairingAdapterRegistry adapters, ChannelLabels channels) {
    this.metrics = metrics;
    this.adapters = adapters;
    this.channels = channels;
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    for (String channel : adapters.channels()) {
      for (String result : new String[] {"ok", "expired", "not_found"}) {
        approvals(channel, result);
      }
      for (DeliveryResult result : DeliveryResult.values()) {
        if (result != DeliveryResult.ALREADY_DELIVERED) {
          challenged(channel, result);
        }
      }
    }
    approvals("", "not_found");
    expired();
  }

  void count(@Observes PairingEvent notice) {
    if (notice instanceof PairingEvent.Approved approved) {
      approvals(approved.sender().channel(), "ok").inc();
    } else if (notice instanceof PairingEvent.ApprovalFailed failed) {
      approvals(failed.channel(), failed.expired() ? "expired" : "not_found").inc();
    } else if (notice instanceof PairingEvent.CodesExpired codes) {
      expired().inc(codes.count());
    } else if (notice instanceof PairingEvent.ChallengeDelivered delivered) {
      challenged(delivered.channel(), delivered.result()).inc();
    }
  }

  private Counter approvals(String channel, String result) {
    return counter(
        "pairing_approvals_total",
        "Approvals asked for, by what came of them.",
        new Tag("channel", channels.label(channel)),
        new Tag("result", result));
  }

  private Counter challenged(String channel, DeliveryResult result) {
    return counter(
        "pairing_inbound_challenged_total",
        "Challenges, by how the first attempt to deliver them went.",
        new Tag("channel", channels.label(channel)),
        new Tag("result", result.wireName()));
  }

  private Counter expired() {
    return counter("pairing_codes_expired_total", "Pending requests that ran out.");
  }

  private Counter counter(String name, String description, Tag... tags) {
    Metadata metadata = Metadata.builder().withName(name).withDescription(description).build();
    return metrics.counter(metadata, tags);
  }
}
