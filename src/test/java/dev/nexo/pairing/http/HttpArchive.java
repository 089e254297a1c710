package dev.nexo.pairing.http;

import com.github.benmanes.caffeine.cache.Ticker;
import com.google.zxing.qrcode.encoder.Encoder;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.address.TrustedProxies;
import dev.nexo.pairing.codec.Sha256;
import dev.nexo.pairing.companion.SessionToken;
import dev.nexo.pairing.config.AccountPolicy;
import dev.nexo.pairing.config.ChannelAccounts;
import dev.nexo.pairing.config.Policies;
import dev.nexo.pairing.config.RequesterNotice;
import dev.nexo.pairing.config.SecuritySettings;
import dev.nexo.pairing.http.fake.FakeStore;
import dev.nexo.pairing.internal.AttemptLimiter;
import dev.nexo.pairing.json.JsonFields;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.IdSource;
import dev.nexo.pairing.platform.WorkerThreads;
import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.qr.QrCode;
import dev.nexo.pairing.spi.DecisionListener;
import dev.nexo.pairing.testing.FakeLimiter;
import dev.nexo.pairing.testing.FixedPolicies;
import java.io.File;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.yaml.snakeyaml.Yaml;

/** A WAR of the HTTP packages and fakes for all others, at the context root of the real one. */
public final class HttpArchive {

  private static final File WEBAPP = new File("src/main/webapp");

  private HttpArchive() {}

  static WebArchive withBuiltinAccounts(String name) {
    WebArchive war = ShrinkWrap.create(WebArchive.class, name + ".war");
    // Tests are in the same packages, and are not part of an application.
    war.addPackages(
        false,
        Filters.exclude(".*(Test|IT|Archive)(\\$.*)?\\.class"),
        ChannelAccount.class.getPackageName(),
        SessionToken.class.getPackageName(),
        AttemptLimiter.class.getPackageName(),
        DecisionListener.class.getPackageName(),
        TrustedProxies.class.getPackageName(),
        Sha256.class.getPackageName(),
        JsonFields.class.getPackageName(),
        Problem.class.getPackageName(),
        "dev.nexo.pairing.http",
        "dev.nexo.pairing.http.auth",
        "dev.nexo.pairing.http.companion",
        "dev.nexo.pairing.http.console",
        "dev.nexo.pairing.http.container",
        "dev.nexo.pairing.http.operator",
        "dev.nexo.pairing.http.problem",
        "dev.nexo.pairing.http.request",
        QrCode.class.getPackageName(),
        FakeStore.class.getPackageName());
    war.addClasses(
        Component.class,
        AccountPolicy.class,
        ChannelAccounts.class,
        FakeLimiter.class,
        FixedPolicies.class,
        IdSource.class,
        Policies.class,
        Policies.Pin.class,
        Policies.Proposed.class,
        RequesterNotice.class,
        SecuritySettings.class,
        SecuritySettings.Accounts.class,
        WorkerThreads.class);
    // The only libraries this package cannot do without.
    war.addAsLibraries(jarOf(Encoder.class), jarOf(Ticker.class), jarOf(Yaml.class));
    war.setWebXML(new File(WEBAPP, "WEB-INF/web.xml"));
    war.addAsWebInfResource(new File("src/main/resources/META-INF/beans.xml"));
    war.addAsManifestResource(new File(WEBAPP, "META-INF/openapi.yaml"), "openapi.yaml");
    war.addAsResource(
        new File("src/main/resources/META-INF/microprofile-config.properties"),
        "META-INF/microprofile-config.properties");
    return war.addAsWebInfResource(
        new StringAsset(
            "<web-ext xmlns=\"http://websphere.ibm.com/xml/ns/javaee\" version=\"1.1\">"
                + "<context-root uri=\"/\"/></web-ext>"),
        "ibm-web-ext.xml");
  }

  private static File jarOf(Class<?> type) {
    return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  public static WebArchive withServerAccounts(String name) {
    return withBuiltinAccounts(name).addAsResource(new StringAsset("yes"), "server-accounts");
  }
}
