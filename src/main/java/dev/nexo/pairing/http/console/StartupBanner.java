package dev.nexo.pairing.http.console;

import dev.nexo.pairing.address.TrustedProxies;
import dev.nexo.pairing.http.auth.OperatorPassword;
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
 * Says on the console, once the server is up, what to do next. Never says a password.
 *
 * <p>The one place that speaks to {@code java.util.logging} directly: Open Liberty's console shows
 * its own level AUDIT and hides INFO, which {@link System.Logger} cannot ask for. Turning INFO on
 * would bury this notice under the server's own.
 */
public final class StartupBanner implements ServletContextListener {

  private static final Logger CONSOLE = Logger.getLogger(StartupBanner.class.getName());

  private final Instance<OperatorPassword> operator;
  private final Instance<TrustedProxies> proxies;

  /** Only asks for the beans later: the server hides why one of them refuses to be made here. */
  @Inject
  public StartupBanner(Instance<OperatorPassword> operator, Instance<TrustedProxies> proxies) {
    this.operator = operator;
    this.proxies = proxies;
  }

  @Override
  public void contextInitialized(ServletContextEvent event) {
    try {
      proxies.get();
      CONSOLE.log(auditLevel(), "{0}", text(operator.get(), ServerAddress.url()));
    } catch (RuntimeException e) {
      CONSOLE.log(Level.SEVERE, "{0}", LogMessage.START_FAILED.line(e.getMessage()));
      throw e;
    }
  }

  public static String text(OperatorPassword operator, String url) {
    Optional<String> whereabouts = operator.whereabouts();
    if (whereabouts.isEmpty()) {
      return "nexo-pairing is at %s; accounts are those of the server.".formatted(url);
    }
    String login =
        operator.file().map(path -> "\"operator:$(cat '" + path + "')\"").orElse("operator");
    return """
    nexo-pairing is at %s
      %s
      A first message from a stranger:
      curl -u %s -H 'Content-Type: application/json' \
    -d '{"channel":"whatsapp","sender_id":"+15550009999","text":"hi"}' %s/api/v1/inbound
      Who is waiting:
      curl -u %s %s/api/v1/pairings"""
        .formatted(url, whereabouts.get(), login, url, login, url);
  }

  /** Open Liberty's AUDIT where there is one, else INFO. */
  private static Level auditLevel() {
    try {
      return Level.parse("AUDIT");
    } catch (IllegalArgumentException e) {
      return Level.INFO;
    }
  }
}
