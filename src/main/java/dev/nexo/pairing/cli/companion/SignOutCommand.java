package dev.nexo.pairing.cli.companion;

import dev.nexo.pairing.cli.Json;
import dev.nexo.pairing.cli.Version;
import jakarta.json.JsonObject;
import java.util.Optional;
import picocli.CommandLine.Command;

/**
 * {@code nexo-companion signout}: ends the session on the server, then forgets it here. A server
 * that cannot be reached keeps both, so that it can be tried again. For one thread.
 */
@Command(
    name = "signout",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Ends this machine's session and removes its files.")
final class SignOutCommand extends SessionCommand {

  @Override
  int run(String label, KeptSession session, PairUrl url) {
    Optional<JsonObject> ended = calls().signOut(url.session(), session.token());
    files().forget(label);
    String name = SessionFiles.fileName(label);
    report()
        .done(
            Json.object().add("signed_out", ended.isPresent()).build(),
            ended.isPresent()
                ? "Signed out " + name
                : "The session " + name + " had ended already; its files are removed");
    return CompanionCommand.DONE;
  }
}
