package dev.nexo.pairing.guard;

import dev.nexo.pairing.internal.LogMessage;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.HandlesTypes;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.EventListener;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Rejects a web application with a class that the server does not treat as a CDI bean, although it
 * needs to be one: a class that injects this module, in an archive without {@code beans.xml}, whose
 * fields would be null; or one with {@link Admitted}, which nothing would enforce. Public only
 * because {@link java.util.ServiceLoader} requires it.
 */
@HandlesTypes({Inject.class, Admitted.class})
public final class BeanArchiveCheck implements ServletContainerInitializer {

  private static final System.Logger LOG = System.getLogger(BeanArchiveCheck.class.getName());
  private static final String OWN = "dev.nexo.pairing.";
  private static final String BEANS_XML = "META-INF/beans.xml";

  /** Creates the check, for the server. */
  public BeanArchiveCheck() {}

  @Override
  public void onStartup(Set<Class<?>> classes, ServletContext context) throws ServletException {
    if (classes == null) {
      return;
    }
    Set<String> faults = new TreeSet<>();
    for (Class<?> type : classes) {
      fault(type, context).ifPresent(faults::add);
    }
    if (!faults.isEmpty()) {
      String named = String.join("; ", faults);
      LogMessage.NOT_A_BEAN.log(LOG, named);
      close(context, LogMessage.NOT_A_BEAN.line(named));
    }
  }

  /**
   * Stops the start. Some servers go on after an exception here, or in a listener too. Then the
   * application answers nothing.
   */
  private static void close(ServletContext context, String fault) throws ServletException {
    context
        .addFilter(BeanArchiveCheck.class.getName(), new ClosedFilter())
        .addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    context.addListener(new ClosedListener(fault));
    throw new ServletException(fault);
  }

  /** Answers every request with 503. */
  private static final class ClosedFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws IOException {
      response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }
  }

  /**
   * Stops the start where the server lets a listener do so.
   *
   * @param fault the message
   */
  private record ClosedListener(String fault) implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
      throw new IllegalStateException(fault);
    }
  }

  private static Optional<String> fault(Class<?> type, ServletContext context) {
    if (type.getName().startsWith(OWN)
        || type.isInterface()
        || Modifier.isAbstract(type.getModifiers())) {
      return Optional.empty();
    }
    try {
      boolean guarded = isGuarded(type);
      if (guarded && !isBean(type)) {
        return Optional.of(type.getName() + " has @Admitted");
      }
      boolean injects = !guarded && injectsOurs(type) && !isInjectedWithoutBean(type);
      return injects && !isBean(type) && !hasBeansXml(type, context)
          ? Optional.of(type.getName() + " has @Inject")
          : Optional.empty();
    } catch (LinkageError e) {
      // A class of an optional library that is missing is not used.
      return Optional.empty();
    }
  }

  private static boolean isGuarded(Class<?> type) {
    return type.isAnnotationPresent(Admitted.class)
        || Stream.concat(Arrays.stream(type.getMethods()), Arrays.stream(type.getDeclaredMethods()))
            .anyMatch(method -> method.isAnnotationPresent(Admitted.class));
  }

  /** Returns whether the server injects into instances of a class that is not a bean. */
  private static boolean isInjectedWithoutBean(Class<?> type) {
    return Servlet.class.isAssignableFrom(type)
        || Filter.class.isAssignableFrom(type)
        || EventListener.class.isAssignableFrom(type)
        || type.isAnnotationPresent(Interceptor.class)
        || Arrays.stream(type.getAnnotations())
            .map(annotation -> annotation.annotationType().getName())
            .anyMatch(
                name ->
                    name.startsWith("jakarta.ejb.") || name.startsWith("jakarta.websocket.server"));
  }

  private static boolean injectsOurs(Class<?> type) {
    return Stream.of(
            Arrays.stream(type.getDeclaredFields())
                .filter(BeanArchiveCheck::isInjected)
                .map(Field::getGenericType),
            Arrays.stream(type.getDeclaredMethods())
                .filter(BeanArchiveCheck::isInjected)
                .flatMap(BeanArchiveCheck::parameters),
            Arrays.stream(type.getDeclaredConstructors())
                .filter(BeanArchiveCheck::isInjected)
                .flatMap(BeanArchiveCheck::parameters))
        .flatMap(types -> types)
        .anyMatch(each -> each.getTypeName().contains(OWN));
  }

  private static boolean isInjected(AnnotatedElement element) {
    return element.isAnnotationPresent(Inject.class);
  }

  private static Stream<Type> parameters(Executable executable) {
    return Arrays.stream(executable.getGenericParameterTypes());
  }

  /** Returns whether CDI knows a class as a bean. */
  static boolean isBean(Class<?> type) {
    BeanManager beans = CDI.current().getBeanManager();
    return beans.getBeans(type, Any.Literal.INSTANCE).stream()
        .anyMatch(bean -> bean.getBeanClass() == type);
  }

  private static boolean hasBeansXml(Class<?> type, ServletContext context) {
    String name = type.getName().replace('.', '/') + ".class";
    URL place = type.getClassLoader().getResource(name);
    if (place == null) {
      return true;
    }
    String root = place.toString().substring(0, place.toString().length() - name.length());
    try {
      return root.contains("/WEB-INF/classes")
          ? context.getResource("/WEB-INF/beans.xml") != null
              || context.getResource("/WEB-INF/classes/" + BEANS_XML) != null
          : exists(new URL(place, root + BEANS_XML));
    } catch (MalformedURLException e) {
      return true;
    }
  }

  private static boolean exists(URL file) {
    try (InputStream in = file.openStream()) {
      return in != null;
    } catch (IOException e) {
      return false;
    }
  }
}
