package dev.nexo.pairing.telemetry;

import dev.nexo.pairing.DeliveryResult;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.PairingEvent.NoticeAttempted;
import dev.nexo.pairing.companion.RedemptionResult;
import dev.nexo.pairing.internal.OperatorNotices;
import dev.nexo.pairing.platform.Component;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Counts events of pairings and sessions ({@code protocol.md#metrics}). All counters are registered
 * at zero when the server starts.
 */
@Component
class PairingMeter {

  private final MetricRegistry metrics;
  private final PairingAdapterRegistry adapters;
  private final ChannelLabels channels;
  private final Instance<OperatorNotices> operators;

  @Inject
  PairingMeter(
      MetricRegistry metrics,
      PairingAdapterRegistry adapters,
      ChannelLabels channels,
      Instance<OperatorNotices> operators) {
    this.operators = operators;
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
        // Of the others there is no attempt.
        if (result != DeliveryResult.ALREADY_DELIVERED && result != DeliveryResult.SILENT) {
          challenged(channel, result);
        }
      }
    }
    approvals("", "not_found");
    expired();
    for (RedemptionResult result : RedemptionResult.values()) {
      redemptions(result);
    }
    for (OperatorNotices notices : operators) {
      for (String way : notices.names()) {
        for (NoticeAttempted.Result result : NoticeAttempted.Result.values()) {
          notices(way, result);
        }
      }
    }
  }

  void count(@Observes PairingEvent event) {
    if (event instanceof PairingEvent.Approved approved) {
      approvals(approved.sender().channel(), "ok").inc();
    } else if (event instanceof PairingEvent.ApprovalFailed failed) {
      approvals(failed.channel(), failed.expired() ? "expired" : "not_found").inc();
    } else if (event instanceof PairingEvent.CodesExpired codes) {
      expired().inc(codes.count());
    } else if (event instanceof PairingEvent.ChallengeDelivered delivered) {
      challenged(delivered.channel(), delivered.result()).inc();
    } else if (event instanceof PairingEvent.RedemptionTried tried) {
      redemptions(tried.result()).inc();
    } else if (event instanceof PairingEvent.NoticeAttempted attempted) {
      notices(attempted.way(), attempted.result()).inc();
    }
  }

  private Counter approvals(String channel, String result) {
    return Metrics.counter(
        metrics,
        "pairing_approvals_total",
        "Attempts to approve a code, by result.",
        new Tag("channel", channels.label(channel)),
        new Tag("result", result));
  }

  private Counter challenged(String channel, DeliveryResult result) {
    return Metrics.counter(
        metrics,
        "pairing_inbound_challenged_total",
        "Challenges, by result of the first delivery attempt.",
        new Tag("channel", channels.label(channel)),
        new Tag("result", result.wireName()));
  }

  private Counter notices(String way, NoticeAttempted.Result result) {
    return Metrics.counter(
        metrics,
        "pairing_notices_total",
        "Attempts to tell operators of requests, by result.",
        new Tag("way", way),
        new Tag("result", result.wireName()));
  }

  private Counter expired() {
    return Metrics.counter(metrics, "pairing_codes_expired_total", "Expired pending requests.");
  }

  private Counter redemptions(RedemptionResult result) {
    return Metrics.counter(
        metrics,
        "pairing_redemptions_total",
        "Attempts to redeem a bootstrap token, by result.",
        new Tag("result", result.wireName()));
  }
}
