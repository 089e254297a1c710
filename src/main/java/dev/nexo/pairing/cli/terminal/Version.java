package dev.nexo.pairing.cli.terminal;

import picocli.CommandLine.IVersionProvider;

/** Reads the version from the jar's manifest. */
public final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {"nexo-pairing " + (version == null ? "(not from its jar)" : version)};
  }
}
