package dev.nexo.pairing.cli.companion;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.Version;
import dev.nexo.pairing.companion.SessionToken;
import jakarta.json.JsonObject;
import picocli.CommandLine.Command;

/** {@code nexo-companion rotate}: a new token for the session; the old one is dead. */
@Command(
    name = "rotate",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Gets a new token for this machine's session; the old one is dead then.")
final class RotateCommand extends SessionCommand {

  @Override
  int run(String label, StoredSession session, PairUrl url) {
    JsonObject answer =
        calls().rotate(url.session(), session.token()).orElseThrow(() -> over(label));
    String token = Json.text(answer, "session_token");
    if (!PairSocket.isSessionToken(token)) {
      throw new CommandException("The server answers without a session token; pair again");
    }
    SessionFiles files = files();
    files.keep(label, described(session.renewed(new SessionToken(token)), answer));
    report().done(answer, "Rotated; the new session token is in " + files.tokenPath(label));
    return CompanionCommand.DONE;
  }
}
