package dev.nexo.pairing.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The accounts that may call the server.
 *
 * @param accounts {@code pairing.security.accounts}: {@code builtin} (default) or {@code server}
 * @param operatorPassword {@code pairing.operator.password}, at least 8 characters; empty:
 *     generated at the first start
 * @param operatorPasswordFile the file of a generated password: {@code
 *     $NEXO_HOME/secret/operator.password}
 * @param guardServerEndpoints {@code pairing.security.guard_server_endpoints}: whether {@code
 *     /ibm/api} of the server is closed and {@code /metrics} limited by address; default false
 */
public record SecuritySettings(
    Accounts accounts,
    Optional<String> operatorPassword,
    Path operatorPasswordFile,
    boolean guardServerEndpoints) {

  /** The source of accounts. */
  public enum Accounts {
    /** The operator and the channel accounts of the configuration. */
    BUILTIN,
    /** The user registry of the server, bound to roles in {@code server.xml}. */
    SERVER
  }

  /** Omits the password. */
  @Override
  public String toString() {
    return "SecuritySettings[accounts=" + accounts + "]";
  }
}
