package dev.nexo.pairing.ws;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.address.TrustedProxies;
import dev.nexo.pairing.codec.Sha256;
import dev.nexo.pairing.companion.SessionToken;
import dev.nexo.pairing.config.SecuritySettings;
import dev.nexo.pairing.internal.AttemptLimiter;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.spi.DecisionListener;
import dev.nexo.pairing.testing.FakeLimiter;
import dev.nexo.pairing.ws.fake.ControlServlet;
import dev.nexo.pairing.ws.fake.FakePairSessions;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** A WAR of the WebSocket package and fakes for all others, at the real context root. */
final class PairArchive {

  private static final Pattern OURS =
      Pattern.compile(
          "<servlet>\\s*<servlet-name>pair</servlet-name>.*?</servlet-mapping>", Pattern.DOTALL);

  private PairArchive() {}

  static WebArchive named(String name) {
    WebArchive war = ShrinkWrap.create(WebArchive.class, name + ".war");
    // Tests are in the same packages, and are not part of an application.
    war.addPackages(
        false,
        Filters.exclude(
            ".*(Test|IT|Archive|PairClient|HandDrivenExecutor|RecordingPeer)(\\$.*)?\\.class"),
        ChannelAccount.class.getPackageName(),
        SessionToken.class.getPackageName(),
        AttemptLimiter.class.getPackageName(),
        DecisionListener.class.getPackageName(),
        TrustedProxies.class.getPackageName(),
        StrictJson.class.getPackageName(),
        Problem.class.getPackageName(),
        PairArchive.class.getPackageName(),
        FakePairSessions.class.getPackageName());
    war.addClasses(
        Component.class,
        Sha256.class,
        SecuritySettings.class,
        FakeLimiter.class,
        SecuritySettings.Accounts.class);
    war.addAsLibraries(
        new File(Ticker.class.getProtectionDomain().getCodeSource().getLocation().getPath()));
    war.setWebXML(new StringAsset(webXml()));
    war.addAsWebInfResource(new File("src/main/resources/META-INF/beans.xml"));
    return war.addAsWebInfResource(
        new StringAsset(
            "<web-ext xmlns=\"http://websphere.ibm.com/xml/ns/javaee\" version=\"1.1\">"
                + "<context-root uri=\"/\"/></web-ext>"),
        "ibm-web-ext.xml");
  }

  /** The real declaration of the servlet, and one that controls the fakes. */
  private static String webXml() {
    try {
      Matcher real = OURS.matcher(Files.readString(Path.of("src/main/webapp/WEB-INF/web.xml")));
      if (!real.find()) {
        throw new IllegalStateException("The servlet \"pair\" is not in web.xml");
      }
      return "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">"
          + real.group()
          + "<servlet><servlet-name>control</servlet-name><servlet-class>"
          + ControlServlet.class.getName()
          + "</servlet-class></servlet><servlet-mapping><servlet-name>control</servlet-name>"
          + "<url-pattern>/control</url-pattern></servlet-mapping></web-app>";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
