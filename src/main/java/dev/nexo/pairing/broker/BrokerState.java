package dev.nexo.pairing.broker;

/** How the broker is. */
public enum BrokerState {
  /** There is no broker but this process. */
  IN_PROCESS("in-process"),
  /** NATS has not been reached since the start. */
  NEVER_CONNECTED("nats: reconnecting, challenges wait in the outbox"),
  /** NATS answers. */
  CONNECTED("nats: connected"),
  /** The connection to NATS was lost; attempts to reconnect go on. */
  RECONNECTING("nats: reconnecting, challenges wait in the outbox");

  private final String description;

  BrokerState(String description) {
    this.description = description;
  }

  /** The state in words for the operator. */
  public String description() {
    return description;
  }
}
