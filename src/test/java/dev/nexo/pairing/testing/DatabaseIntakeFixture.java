package dev.nexo.pairing.testing;

import dev.nexo.pairing.PairingIntake;
import dev.nexo.pairing.config.AccountPolicy;
import dev.nexo.pairing.config.Policies;
import dev.nexo.pairing.internal.OwnerCommands;
import dev.nexo.pairing.spi.PairingChannelAdapter;
import dev.nexo.pairing.store.MessageSealer;
import dev.nexo.pairing.testkit.IntakeFixture;
import dev.nexo.pairing.testkit.StubAdapters;
import java.nio.file.Path;
import java.util.Set;

/** The module's own intake, with its outbox, its adapters and the in-process broker. */
public final class DatabaseIntakeFixture extends DatabaseFixture implements IntakeFixture {

  private final FixedPolicies policies;

  /** Opens the module on a new database. */
  public DatabaseIntakeFixture(TestDatabase database, Path directory) {
    this(database, directory, new FixedPolicies(holding(0)));
  }

  private DatabaseIntakeFixture(TestDatabase database, Path directory, FixedPolicies policies) {
    super(
        opening(database, directory)
            .with(Policies.class, policies)
            .with(OwnerCommands.class, new NoOwnerCommands())
            .withOutbox()
            .without(MessageSealer.class)
            .with(PairingChannelAdapter.class, StubAdapters.of(StubAdapters.CHANNEL))
            .include("intake.GatedIntake")
            .include("held.HeldCourier")
            .include("held.module.ReleasedLog"));
    this.policies = policies;
  }

  private static AccountPolicy holding(int limit) {
    return new AccountPolicy(true, false, 30, false, limit, Set.of());
  }

  @Override
  public PairingIntake intake() {
    return get(PairingIntake.class);
  }

  @Override
  public void holdMessages(int limit) {
    policies.set(holding(limit));
  }
}
