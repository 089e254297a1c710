package dev.nexo.pairing.cli.companion;

import dev.nexo.pairing.cli.terminal.Version;
import jakarta.json.JsonObject;
import picocli.CommandLine.Command;

/** {@code nexo-companion whoami}: what the server says the session is. For one thread. */
@Command(
    name = "whoami",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Asks the server what this machine's session is.")
final class WhoamiCommand extends SessionCommand {

  @Override
  int run(String label, StoredSession session, PairUrl url) {
    JsonObject answer = calls().look(url.session(), session.token()).orElseThrow(() -> over(label));
    files().describe(label, described(session, answer));
    report().session(SessionLabels.fileName(label), answer);
    return CompanionCommand.DONE;
  }
}
