package dev.nexo.pairing.testing;

import dev.nexo.pairing.InboundOutcome.Command;
import dev.nexo.pairing.internal.OwnerCommands;
import java.util.Optional;

/** Executes no commands, as if the owner chat were off. */
public final class NoOwnerCommands implements OwnerCommands {

  @Override
  public boolean enabled() {
    return false;
  }

  @Override
  public Optional<Command> execute(OwnWords words) {
    return Optional.empty();
  }
}
