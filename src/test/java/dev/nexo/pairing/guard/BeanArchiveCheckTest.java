package dev.nexo.pairing.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.testkit.InMemoryPairing;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.tools.ToolProvider;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Classes of an application are compiled here, because the check ignores the module's own. */
@DisplayName("Check of an application's bean archives")
class BeanArchiveCheckTest {

  @TempDir Path directory;
  private final List<ServletContextListener> listeners = new ArrayList<>();
  private final List<String> patterns = new ArrayList<>();

  /** The module's beans. */
  @Singleton
  static class Beans {
    @Produces
    PairingGate gate() {
      return new InMemoryPairing().gate();
    }
  }

  private Class<?> compiled(String annotations, String body) throws Exception {
    Path source =
        Files.writeString(
            directory.resolve("Inbox.java"),
            """
            import dev.nexo.pairing.PairingGate;
            import dev.nexo.pairing.guard.*;
            import jakarta.enterprise.inject.Instance;
            import jakarta.inject.Inject;
            import java.time.Clock;
            %s public class Inbox %s
            """
                .formatted(annotations, body));
    Path classes = Files.createDirectories(directory.resolve("app/WEB-INF/classes"));
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                source.toString());
    if (result != 0) {
      throw new IOException("The class does not compile");
    }
    return new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())
        .loadClass("Inbox");
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private Object registration(Class<?> type) {
    return proxy(
        type,
        (self, method, arguments) ->
            method.getName().equals("addMappingForUrlPatterns")
                ? patterns.addAll(List.of((String[]) arguments[2]))
                : null);
  }

  private void start(Class<?> type, boolean isBean, boolean beansXml) throws ServletException {
    Weld weld = new Weld().disableDiscovery().addBeanClass(Beans.class);
    weld.addBeanClass(AdmittedInterceptor.class);
    if (isBean) {
      weld.addBeanClass(type);
    }
    ServletContext context =
        proxy(
            ServletContext.class,
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "getResource" ->
                      beansXml && arguments[0].equals("/WEB-INF/beans.xml")
                          ? new File("beans.xml").toURI().toURL()
                          : null;
                  case "addFilter" -> registration(method.getReturnType());
                  case "addListener" -> listeners.add((ServletContextListener) arguments[0]);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
    try (WeldContainer running = weld.initialize()) {
      new BeanArchiveCheck().onStartup(Set.of(type), context);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ @Inject PairingGate gate; }",
        "{ @Inject Instance<PairingGate> gate; }",
        "{ @Inject Inbox(PairingGate gate) {} }",
        "{ @Inject void use(PairingGate gate) {} }"
      })
  @DisplayName("A class without beans.xml that injects the module stops the deployment")
  void refusesInjection(String body) throws Exception {
    Class<?> inbox = compiled("", body);
    assertThatThrownBy(() -> start(inbox, false, false))
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("NXP-0122")
        .hasMessageContaining("Inbox has @Inject");
    assertThat(patterns).as("the whole application is closed").containsExactly("/*");
    assertThatThrownBy(() -> listeners.get(0).contextInitialized(null))
        .hasMessageContaining("Inbox has @Inject");
    assertThatCode(() -> start(inbox, false, true)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ @Inject Clock clock; }",
        "{ PairingGate gate; }",
        "extends jakarta.servlet.http.HttpServlet { @Inject PairingGate gate; }",
        "implements jakarta.servlet.ServletContextListener { @Inject PairingGate gate; }"
      })
  @DisplayName("A class that needs no beans.xml is admitted")
  void acceptsOthers(String body) throws Exception {
    Class<?> inbox = compiled("", body);
    assertThatCode(() -> start(inbox, false, false)).doesNotThrowAnyException();
  }

  @Test
  @DisplayName("A bean is admitted without beans.xml")
  void acceptsBeans() throws Exception {
    Class<?> inbox =
        compiled("@jakarta.enterprise.context.Dependent", "{ @Inject PairingGate gate; }");
    assertThatCode(() -> start(inbox, true, false)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ @Admitted public void in(@Sender(channel = \"chat\") String from) {} }",
        "{ @Admitted void in(@Sender(channel = \"chat\") String from) {} }",
        "extends jakarta.servlet.http.HttpServlet {"
            + " @Admitted public void in(@Sender(channel = \"chat\") String from) {} }"
      })
  @DisplayName("A class with @Admitted that is not a bean stops the deployment")
  void refusesUnguarded(String body) throws Exception {
    Class<?> inbox = compiled("", body);
    for (boolean beansXml : new boolean[] {false, true}) {
      assertThatThrownBy(() -> start(inbox, false, beansXml))
          .hasMessageContaining("Inbox has @Admitted");
    }
  }
}
