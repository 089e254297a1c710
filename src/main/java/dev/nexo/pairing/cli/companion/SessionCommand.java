package dev.nexo.pairing.cli.companion;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.terminal.CommandException;
import jakarta.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** What the commands on a session that is kept have in common. For one thread. */
@Command
abstract class SessionCommand implements Callable<Integer> {

  @ParentCommand private CompanionCommand companion;

  /** Does it to the session of that label. */
  abstract int run(String label, StoredSession session, PairUrl url);

  @Override
  public final Integer call() {
    String label = companion.label();
    StoredSession session = companion.files().find(label);
    return run(label, session, PairUrl.of(session.url()));
  }

  final SessionFiles files() {
    return companion.files();
  }

  final SessionCalls calls() {
    return new SessionCalls(CompanionCommand.http());
  }

  final Report report() {
    return new Report(companion.around().out(), companion.json());
  }

  /** The session with what the server said of it. */
  static StoredSession described(StoredSession session, JsonObject answer) {
    return session.described(Json.text(answer, "session_id"), Json.text(answer, "expires_at"));
  }

  static CommandException over(String label) {
    return new CommandException(
        "The server does not take the session "
            + SessionLabels.fileName(label)
            + " any more: it has run out or was ended; pair again");
  }
}
