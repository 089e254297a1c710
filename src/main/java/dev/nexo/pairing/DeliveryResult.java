package dev.nexo.pairing;

import java.util.Locale;

/** How the delivery of a challenge went. */
public enum DeliveryResult {
  /** The channel's adapter handed it to the broker or to its own API. */
  DELIVERED_VIA_ADAPTER,
  /** No adapter; published in the plain shape. */
  DELIVERED_VIA_BROKER,
  /** It waits in the outbox and goes out as soon as it can. */
  PUBLISH_FAILED,
  /** No adapter, and no broker that anyone listens to: the operator has to pass the code on. */
  NO_ADAPTER_NO_BROKER_TOPIC,
  /** It had gone out before. */
  ALREADY_DELIVERED;

  /** The result as it stands in JSON and in metrics. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
