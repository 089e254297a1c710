package dev.nexo.pairing.http.console;

import dev.nexo.pairing.address.TrustedProxies;
import dev.nexo.pairing.http.auth.OperatorPassword;
import dev.nexo.pairing.http.container.LogFile;
import dev.nexo.pairing.http.container.PortWatch;
import dev.nexo.pairing.http.container.ServerAddress;
import dev.nexo.pairing.internal.LogMessage;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Logs the server's URL and the first commands on the console when the server answers there. Does
 * not log passwords.
 *
 * <p>It uses {@code java.util.logging} directly, because Open Liberty's console shows the level
 * AUDIT, which {@link System.Logger} does not have, and hides INFO. With INFO enabled, the server's
 * own messages would hide this one.
 */
public final class StartupBanner implements ServletContextListener {

  private static final Logger CONSOLE = Logger.getLogger(StartupBanner.class.getName());

  private final Instance<OperatorPassword> operator;
  private final Instance<TrustedProxies> proxies;
  private final Instance<PortWatch> port;

  /** Creates the beans later, because the server hides the cause if their creation fails here. */
  @Inject
  public StartupBanner(
      Instance<OperatorPassword> operator,
      Instance<TrustedProxies> proxies,
      Instance<PortWatch> port) {
    this.operator = operator;
    this.proxies = proxies;
    this.port = port;
  }

  @Override
  public void contextInitialized(ServletContextEvent event) {
    try {
      proxies.get();
      OperatorPassword accounts = operator.get();
      port.get()
          .start(
              event.getServletContext().getContextPath(),
              () ->
                  CONSOLE.log(
                      auditLevel(), "{0}", text(accounts, ServerAddress.url(), LogFile.path())));
    } catch (RuntimeException e) {
      CONSOLE.log(Level.SEVERE, "{0}", LogMessage.START_FAILED.line(e.getMessage()));
      throw e;
    }
  }

  /**
   * Returns the text of the banner.
   *
   * @param url the server's URL, without a slash at the end
   * @param log the path of the log
   */
  public static String text(OperatorPassword operator, String url, String log) {
    Optional<String> whereabouts = operator.whereabouts();
    if (whereabouts.isEmpty()) {
      return "nexo-pairing is at %s; it uses the server's accounts.%n  The log is %s"
          .formatted(url, log);
    }
    String login =
        operator.file().map(path -> "\"operator:$(cat '" + path + "')\"").orElse("operator");
    return """
    nexo-pairing is at %s
      %s
      The log is %s
      Write as a stranger; the answer contains the code:
      curl -u %s -H 'Content-Type: application/json' \
    -d '{"channel":"whatsapp","sender_id":"+15550009999","text":"hi","deliver":false}' %s/api/v1/inbound
      Approve the request in the console at %s, or run: nexo-pair approve <code>"""
        .formatted(url, whereabouts.get(), log, login, url, url);
  }

  /** Returns Open Liberty's level AUDIT if it exists, otherwise INFO. */
  private static Level auditLevel() {
    try {
      return Level.parse("AUDIT");
    } catch (IllegalArgumentException e) {
      return Level.INFO;
    }
  }
}
