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
      "The script completes nexo-pair, and nexo if it is a link to it.",
      "",
      "Examples:",
      "  source <(nexo-pair completion bash)",
      "  source <(nexo-pair completion zsh)",
      "  nexo-pair completion fish | source"
    })
public final class CompletionCommand extends PairSubcommand {

  /**
   * Functions that complete the parameter of help, and lines of the link nexo. Such a line is
   * passed, without the word "pair", to the function for nexo-pair. %s: the commands.
   */
  private static final String MORE =
      """

      # The parameter of help is a command.
      function _picocli_nexo-pair_help() {
        COMPREPLY=( $(compgen -W "%s" -- "${COMP_WORDS[COMP_CWORD]}") )
      }

      # The link nexo takes the command after the word "pair".
      function _complete_nexo() {
        if [ "${COMP_CWORD}" -eq 1 ]; then
          COMPREPLY=( $(compgen -W "pair" -- "${COMP_WORDS[1]}") )
        elif [ "${COMP_WORDS[1]}" = pair ]; then
          COMP_LINE="nexo-pair${COMP_LINE#*pair}"
          COMP_WORDS=(nexo-pair "${COMP_WORDS[@]:2}")
          COMP_CWORD=$((COMP_CWORD - 1))
          _complete_nexo-pair
        fi
      }
      complete -F _complete_nexo -o default nexo
      """;

  @Parameters(paramLabel = "<shell>", description = "Shell: ${COMPLETION-CANDIDATES}.")
  private Shell shell;

  @Spec private CommandSpec spec;

  /** The shells. One script works in bash and zsh: in zsh it first enables bash completion. */
  private enum Shell {
    bash,
    zsh,
    fish
  }

  @Override
  public Integer call() {
    CommandSpec root = spec.root();
    String script =
        shell == Shell.fish
            ? new FishCompletion(root).script()
            : AutoComplete.bash("nexo-pair", root.commandLine())
                + MORE.formatted(String.join(" ", root.subcommands().keySet()));
    if (json()) {
      return print(Json.object().add("script", script).add("shell", shell.name()).build());
    }
    out().print(script);
    return DONE;
  }
}
