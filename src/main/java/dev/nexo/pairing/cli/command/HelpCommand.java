package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Json;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.platform.SimilarName;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code help}: shows the help of all commands or of one. */
@Command(
    name = "help",
    description = "Show help about all commands, or about one.",
    footer = {"", "Examples:", "  nexo-pair help", "  nexo-pair help approve"})
public final class HelpCommand extends PairSubcommand {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "<command>",
      description = "Command, for example approve (default: all).")
  private String command;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine();
    Map<String, CommandLine> all = root.getSubcommands();
    if (command == null) {
      return show(root, all.values());
    }
    CommandLine one = all.get(command);
    if (one == null) {
      throw new CommandException(
          "Unknown command \"" + command + "\". " + suggestion(command, all.keySet()));
    }
    return show(one, List.of(one));
  }

  private static String suggestion(String command, Collection<String> known) {
    return SimilarName.of(command, known)
        .map(name -> "Did you mean \"" + name + "\"?")
        .orElse("Run: nexo-pair help");
  }

  private int show(CommandLine shown, Collection<CommandLine> described) {
    if (!json()) {
      out().print(shown.getUsageMessage());
      return DONE;
    }
    JsonArrayBuilder commands = Json.PROVIDER.createArrayBuilder();
    described.forEach(one -> commands.add(json(one.getCommandSpec())));
    return print(Json.object().add("commands", commands).build());
  }

  private static JsonObject json(CommandSpec command) {
    JsonArrayBuilder options = Json.PROVIDER.createArrayBuilder();
    for (OptionSpec option : command.options()) {
      options.add(
          json(option)
              .add("names", Json.PROVIDER.createArrayBuilder(Arrays.asList(option.names()))));
    }
    JsonArrayBuilder parameters = Json.PROVIDER.createArrayBuilder();
    command.positionalParameters().forEach(parameter -> parameters.add(json(parameter)));
    return Json.object()
        .add("name", command.name())
        .add("description", String.join(" ", command.usageMessage().description()))
        .add("options", options)
        .add("parameters", parameters)
        .build();
  }

  private static JsonObjectBuilder json(ArgSpec argument) {
    JsonObjectBuilder json =
        Json.object().add("description", String.join(" ", argument.renderedDescription()));
    if (argument.arity().max() > 0) {
      json.add("value", argument.paramLabel());
    }
    return json;
  }
}
