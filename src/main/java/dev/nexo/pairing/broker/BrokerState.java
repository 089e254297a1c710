package dev.nexo.pairing.broker;

/** The state of the broker. */
public enum BrokerState {
  /** No broker is configured; messages are CDI events in this process. */
  IN_PROCESS("in-process"),
  /** NATS was not reached since the start. */
  NEVER_CONNECTED("nats: reconnecting, challenges wait in the outbox"),
  /** NATS is connected. */
  CONNECTED("nats: connected"),
  /** The connection to NATS was lost; attempts to reconnect go on. */
  RECONNECTING("nats: reconnecting, challenges wait in the outbox");

  private final String description;

  BrokerState(String description) {
    this.description = description;
  }

  /** Returns the state in the health report. */
  public String description() {
    return description;
  }
}
