package dev.nexo.pairing.cli.companion;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.terminal.Version;
import jakarta.json.JsonObject;
import java.util.Optional;
import picocli.CommandLine.Command;

/**
 * {@code nexo-companion signout}: ends the session on the server, then forgets it here. A server
 * that cannot be reached keeps both, so that it can be tried again. Files that hold a newer session
 * by then stay. For one thread.
 */
@Command(
    name = "signout",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Ends this machine's session and removes its files.")
final class SignOutCommand extends SessionCommand {

  @Override
  int run(String label, StoredSession session, PairUrl url) {
    Optional<JsonObject> ended = calls().signOut(url.session(), session.token());
    boolean forgotten = files().forget(label, session.token());
    String name = SessionLabels.fileName(label);
    report()
        .done(
            Json.object().add("signed_out", ended.isPresent()).build(),
            said(name, ended.isPresent(), forgotten));
    return CompanionCommand.DONE;
  }

  private static String said(String name, boolean ended, boolean forgotten) {
    String what = ended ? "Signed out " + name : "The session " + name + " had ended already";
    if (!forgotten) {
      return what + "; a newer session lies in its files, which stay";
    }
    return ended ? what : what + "; its files are removed";
  }
}
