package dev.nexo.pairing.cli.importer;

/** Takes senders as OpenClaw has them. */
interface OpenClawSink {

  /**
   * Takes one.
   *
   * @param where the place it stands at
   * @param entry the sender, perhaps with the channel in front
   */
  void take(String where, String channel, String account, String entry);
}
