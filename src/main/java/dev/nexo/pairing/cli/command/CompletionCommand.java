package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Json;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion}: prints a completion script for a shell. */
@Command(
    name = "completion",
    description = "Print a shell completion script.",
    footer = {
      "",
      "Examples:",
      "  source <(nexo-pair completion bash)",
      "  nexo-pair completion zsh > ~/.nexo-pair.zsh"
    })
public final class CompletionCommand extends PairSubcommand {

  @Parameters(paramLabel = "<shell>", description = "Shell: ${COMPLETION-CANDIDATES}.")
  private Shell shell;

  @Spec private CommandSpec spec;

  /** The shells. One script works in both: in zsh it first enables bash completion. */
  private enum Shell {
    bash,
    zsh
  }

  @Override
  public Integer call() {
    String script = AutoComplete.bash("nexo-pair", spec.root().commandLine());
    if (json()) {
      return print(Json.object().add("script", script).add("shell", shell.name()).build());
    }
    out().print(script);
    return DONE;
  }
}
