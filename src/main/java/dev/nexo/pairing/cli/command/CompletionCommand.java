package dev.nexo.pairing.cli.command;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion}: prints a completion script for a shell. */
@Command(
    name = "completion",
    description = "Prints what makes your shell complete commands and options.",
    footer = {
      "",
      "Examples:",
      "  source <(nexo-pair completion bash)",
      "  nexo-pair completion zsh > ~/.nexo-pair.zsh"
    })
public final class CompletionCommand extends PairSubcommand {

  @Parameters(paramLabel = "<shell>", description = "${COMPLETION-CANDIDATES}")
  private Shell shell;

  @Spec private CommandSpec spec;

  /** One script serves both: in zsh it turns bash's completion on first. */
  private enum Shell {
    bash,
    zsh
  }

  @Override
  public Integer call() {
    out().print(AutoComplete.bash("nexo-pair", spec.root().commandLine()));
    return DONE;
  }
}
