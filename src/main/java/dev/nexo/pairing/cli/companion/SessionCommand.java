package dev.nexo.pairing.cli.companion;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.Version;
import dev.nexo.pairing.companion.SessionToken;
import jakarta.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** A command on a stored session. For one thread. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class)
abstract class SessionCommand implements Callable<Integer> {

  @ParentCommand private CompanionCommand companion;

  /** Runs the command on a stored session. */
  abstract void run(String label, StoredSession session, SessionCalls calls);

  @Override
  public final Integer call() {
    String label = companion.label();
    StoredSession session = files().find(label);
    run(label, session, new SessionCalls(PairUrl.of(session.url()).session(), session.token()));
    return CompanionCommand.DONE;
  }

  final SessionFiles files() {
    return companion.files();
  }

  final Report report() {
    return companion.report();
  }

  /** Returns the session with the server's description of it. */
  private static StoredSession described(StoredSession session, JsonObject answer) {
    return session.described(Json.text(answer, "session_id"), Json.text(answer, "expires_at"));
  }

  private static CommandException ended(String label) {
    return new CommandException(
        "The session "
            + SessionFiles.fileName(label)
            + " is no longer valid: it has expired or was revoked; pair again");
  }

  /** {@code nexo-companion whoami}: shows the server's description of the session. */
  @Command(name = "whoami", description = "Show this machine's session as the server reports it.")
  static final class Whoami extends SessionCommand {

    @Override
    void run(String label, StoredSession session, SessionCalls calls) {
      JsonObject answer = calls.get().orElseThrow(() -> ended(label));
      files().describe(label, described(session, answer));
      report().session(SessionFiles.fileName(label), answer);
    }
  }

  /** {@code nexo-companion rotate}: gets a new token for the session and ends the old one. */
  @Command(
      name = "rotate",
      description = "Replace this machine's session token. The old token becomes invalid.")
  static final class Rotate extends SessionCommand {

    @Override
    void run(String label, StoredSession session, SessionCalls calls) {
      JsonObject answer = calls.rotate().orElseThrow(() -> ended(label));
      String token = Json.text(answer, "session_token");
      if (!PairSocket.isSessionToken(token)) {
        throw new CommandException("The server's answer contains no session token; pair again");
      }
      files().keep(label, described(session.renewed(new SessionToken(token)), answer));
      report().done(answer, "Rotated; the new session token is in " + files().tokenPath(label));
    }
  }

  /**
   * {@code nexo-companion signout}: ends the session on the server, then deletes it here. If the
   * server cannot be reached, both are kept, so that the command can be repeated. Files that
   * contain a newer session by then are kept.
   */
  @Command(name = "signout", description = "End this machine's session and delete its files.")
  static final class SignOut extends SessionCommand {

    @Override
    void run(String label, StoredSession session, SessionCalls calls) {
      boolean ended = calls.signOut().isPresent();
      boolean deleted = files().forget(label, session.token());
      String name = SessionFiles.fileName(label);
      String line = ended ? "Signed out " + name : "The session " + name + " had ended already";
      if (!deleted) {
        line += "; its files contain a newer session and were kept";
      } else if (!ended) {
        line += "; its files were deleted";
      }
      report().done(Json.object().add("signed_out", ended).build(), line);
    }
  }
}
