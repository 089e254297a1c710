package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.http.problem.ExceptionProblems;
import dev.nexo.pairing.problem.ProblemException;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Calls the methods of the resources in {@link OperatorResource} for a servlet. It reads the
 * annotations that JAX-RS reads, so that the servlet and JAX-RS have the same calls. It supports
 * only the annotations that these resources use. Thread-safe.
 */
final class ResourceRouter {

  private record Route(
      String verb, List<String> path, String consumes, Object resource, Method method) {

    /** Returns the value of the path's parameter; null if the segments do not match the path. */
    String match(List<String> segments) {
      String value = "";
      boolean matches = segments.size() == path.size();
      for (int i = 0; matches && i < segments.size(); i++) {
        boolean parameter = path.get(i).startsWith("{");
        value = parameter ? segments.get(i) : value;
        matches = parameter ? !value.isEmpty() : segments.get(i).equals(path.get(i));
      }
      return matches ? value : null;
    }

    String allow() {
      return verb.equals("GET") ? "HEAD, GET" : verb;
    }

    String produces() {
      Produces own = method.getAnnotation(Produces.class);
      return (own == null ? resource.getClass().getAnnotation(Produces.class) : own).value()[0];
    }
  }

  private final List<Route> routes = new ArrayList<>();

  /** Creates a router for the resources that the methods of an object return. */
  ResourceRouter(OperatorResource root) {
    for (Method locator : OperatorResource.class.getDeclaredMethods()) {
      Path base = locator.getAnnotation(Path.class);
      if (base != null) {
        Object resource = invoke(root, locator);
        for (Method method : locator.getReturnType().getDeclaredMethods()) {
          verb(method).ifPresent(verb -> add(verb, base.value(), resource, method));
        }
      }
    }
  }

  private static Optional<String> verb(Method method) {
    return Stream.of(method.getAnnotations())
        .map(Annotation::annotationType)
        .map(type -> type.getAnnotation(HttpMethod.class))
        .filter(found -> found != null)
        .map(HttpMethod::value)
        .findAny();
  }

  private void add(String verb, String base, Object resource, Method method) {
    Path sub = method.getAnnotation(Path.class);
    Consumes consumes = method.getAnnotation(Consumes.class);
    routes.add(
        new Route(
            verb,
            segments(base + (sub == null ? "" : sub.value())),
            consumes == null ? null : consumes.value()[0],
            resource,
            method));
  }

  private static List<String> segments(String path) {
    return List.of(path.split("/", -1));
  }

  /**
   * Calls the method of a resource for a request.
   *
   * @return the answer of the method; null if it opened a stream, or for a HEAD of a stream
   * @throws ProblemException if no method accepts the request, or if the method throws it
   */
  JsonObject call(HttpServletRequest request) {
    String path = request.getPathInfo() == null ? "" : request.getPathInfo();
    List<String> segments = segments(path.replaceFirst("/$", ""));
    Route route = route(request, segments);
    if (!accepts(request.getHeader("Accept"), route.produces())) {
      throw refused(ProblemType.NOT_ACCEPTABLE);
    }
    Object[] arguments =
        Stream.of(route.method().getParameters())
            .map(parameter -> argument(parameter, request, route.match(segments)))
            .toArray();
    return (JsonObject) invoke(route.resource(), route.method(), arguments);
  }

  private Route route(HttpServletRequest request, List<String> segments) {
    List<Route> found = routes.stream().filter(route -> route.match(segments) != null).toList();
    if (found.isEmpty()) {
      throw new ProblemException(ProblemType.NOT_FOUND, "The operator servlet has no such path.");
    }
    String verb = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
    List<Route> allowed = found.stream().filter(route -> route.verb().equals(verb)).toList();
    if (allowed.isEmpty()) {
      throw new ProblemException(
          ExceptionProblems.of(ProblemType.METHOD_NOT_ALLOWED)
              .withHeader("Allow", found.get(0).allow()));
    }
    String type = mediaType(request.getContentType());
    return allowed.stream()
        .filter(route -> route.consumes() == null || route.consumes().equals(type))
        .findAny()
        .orElseThrow(() -> refused(ProblemType.UNSUPPORTED_MEDIA_TYPE));
  }

  private static ProblemException refused(ProblemType type) {
    return new ProblemException(ExceptionProblems.of(type));
  }

  /** Returns a media type without its parameters; JSON if there is none. */
  private static String mediaType(String header) {
    return header == null
        ? MediaType.APPLICATION_JSON
        : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static boolean accepts(String header, String type) {
    String wildcard = type.substring(0, type.indexOf('/')) + "/*";
    return header == null
        || header.isBlank()
        || Stream.of(header.split(","))
            .map(ResourceRouter::mediaType)
            .anyMatch(range -> Set.of(type, wildcard, "*/*", "*").contains(range));
  }

  private static Object argument(Parameter parameter, HttpServletRequest request, String value) {
    if (parameter.isAnnotationPresent(PathParam.class)) {
      return value;
    }
    if (parameter.getType() == UriInfo.class) {
      return uri(request);
    }
    return parameter.getType() == HttpServletRequest.class ? request : null;
  }

  /** Returns a {@code UriInfo} that has the query only, because the resources use nothing else. */
  private static UriInfo uri(HttpServletRequest request) {
    MultivaluedMap<String, String> query = new MultivaluedHashMap<>();
    String raw = request.getQueryString();
    for (String field : raw == null ? new String[0] : raw.split("&")) {
      if (!field.isEmpty()) {
        String[] pair = field.split("=", 2);
        query.add(decoded(pair[0]), pair.length == 2 ? decoded(pair[1]) : "");
      }
    }
    return (UriInfo)
        Proxy.newProxyInstance(
            UriInfo.class.getClassLoader(),
            new Class<?>[] {UriInfo.class},
            (self, method, arguments) -> {
              if (method.getName().equals("getQueryParameters")) {
                return query;
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }

  private static String decoded(String raw) {
    return URLDecoder.decode(raw, StandardCharsets.UTF_8);
  }

  private static Object invoke(Object target, Method method, Object... arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException("A method of a resource failed", e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("A method of a resource is not public", e);
    }
  }
}
