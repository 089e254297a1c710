package dev.nexo.pairing;

import java.util.Locale;

/** The result of delivering a challenge to the sender. */
public enum DeliveryResult {
  /** The channel's adapter handed it to the broker or to its own API. */
  DELIVERED_VIA_ADAPTER,
  /**
   * The channel has no adapter; the challenge was published to the broker in the generic format.
   */
  DELIVERED_VIA_BROKER,
  /** Delivery failed; the challenge stays in the outbox and is sent again later. */
  PUBLISH_FAILED,
  /**
   * There is neither an adapter nor a broker with a subscriber. The challenge stays in the outbox;
   * the operator has to pass the code on.
   */
  NO_ADAPTER_NO_BROKER_TOPIC,
  /** The challenge of this request was delivered before. */
  ALREADY_DELIVERED,
  /** Nothing is sent to the sender: only the operator sees the request. */
  SILENT;

  /** Returns the name in JSON and in metrics. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
