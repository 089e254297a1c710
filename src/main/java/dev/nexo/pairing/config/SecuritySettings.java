package dev.nexo.pairing.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Who may call.
 *
 * @param accounts {@code pairing.security.accounts}: {@code builtin} (default) or {@code server}
 * @param operatorPassword {@code pairing.operator.password}, at least 8 characters; empty: made at
 *     the first start
 * @param operatorPasswordFile where a made password is kept: {@code
 *     $NEXO_HOME/secret/operator.password}
 * @param guardServerEndpoints {@code pairing.security.guard_server_endpoints}: whether {@code
 *     /ibm/api} of the server is closed and {@code /metrics} limited by address; default false
 */
public record SecuritySettings(
    Accounts accounts,
    Optional<String> operatorPassword,
    Path operatorPasswordFile,
    boolean guardServerEndpoints) {

  /** Where accounts come from. */
  public enum Accounts {
    /** The operator and the channel accounts of the configuration. */
    BUILTIN,
    /** The server's registry, bound to roles in {@code server.xml}. */
    SERVER
  }

  /** Leaves the password out. */
  @Override
  public String toString() {
    return "SecuritySettings[accounts=" + accounts + "]";
  }
}
