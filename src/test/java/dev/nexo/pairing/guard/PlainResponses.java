package dev.nexo.pairing.guard;

import static net.bytebuddy.matcher.ElementMatchers.isAbstract;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.Response.StatusType;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.InvocationHandlerAdapter;

/** The part of a JAX-RS implementation that builds an answer and reads it. */
final class PlainResponses {

  private PlainResponses() {}

  /** Answers are built here from now on. */
  static void install() {
    RuntimeDelegate.setInstance(
        of(
            RuntimeDelegate.class,
            (self, method, arguments) -> {
              if (method.getName().equals("createResponseBuilder")) {
                return of(ResponseBuilder.class, new Building());
              }
              throw new UnsupportedOperationException(method.toString());
            }));
  }

  /** Keeps the values set on the builder and on the answer. */
  private static final class Building implements InvocationHandler {

    private final MultivaluedMap<String, Object> headers = new MultivaluedHashMap<>();
    private int status;
    private Object entity;

    @Override
    public Object invoke(Object self, Method method, Object[] arguments) {
      switch (method.getName()) {
        case "status" -> status = code(arguments[0]);
        case "header" -> headers.add((String) arguments[0], arguments[1]);
        case "type" -> headers.add("Content-Type", arguments[0]);
        case "entity" -> entity = arguments[0];
        case "build" -> {
          return of(Response.class, this);
        }
        case "getStatus" -> {
          return status;
        }
        case "getEntity" -> {
          return entity;
        }
        case "getMetadata" -> {
          return headers;
        }
        default -> throw new UnsupportedOperationException(method.toString());
      }
      return self;
    }

    private static int code(Object status) {
      return status instanceof StatusType type ? type.getStatusCode() : (Integer) status;
    }
  }

  /** An instance of an abstract class of which every abstract method is handled here. */
  private static <T> T of(Class<T> type, InvocationHandler handler) {
    try {
      return new ByteBuddy()
          .subclass(type)
          .method(isAbstract())
          .intercept(InvocationHandlerAdapter.of(handler))
          .make()
          .load(PlainResponses.class.getClassLoader())
          .getLoaded()
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
