package dev.nexo.pairing.guard;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.interceptor.Interceptor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Rejects a deployment with an {@link Admitted} method that {@link AdmittedInterceptor} cannot
 * guard: otherwise strangers could call it. Public only because {@link java.util.ServiceLoader}
 * requires it.
 */
public final class AdmittedMethodCheck implements Extension {

  void check(@Observes ProcessManagedBean<?> bean) {
    AnnotatedType<?> type = bean.getAnnotatedBeanClass();
    if (type.isAnnotationPresent(Interceptor.class)) {
      return;
    }
    try {
      boolean everyMethod = type.isAnnotationPresent(Admitted.class);
      for (AnnotatedMethod<?> method : type.getMethods()) {
        check(method, everyMethod);
      }
      types(type.getJavaClass()).forEach(AdmittedMethodCheck::checkSupertype);
      checkOverrides(type.getJavaClass());
    } catch (IllegalStateException e) {
      bean.addDefinitionError(new DefinitionException(e.getMessage(), e));
    }
  }

  private static void check(AnnotatedMethod<?> annotated, boolean everyMethod) {
    Method method = annotated.getJavaMember();
    if (method.isSynthetic()) {
      // A bridge has the annotations of the method that it calls, which is checked itself.
      return;
    }
    boolean itself = annotated.isAnnotationPresent(Admitted.class);
    int modifiers = method.getModifiers();
    boolean business =
        !Modifier.isPrivate(modifiers)
            && !Modifier.isStatic(modifiers)
            && method.getDeclaringClass() != Object.class;
    if (itself && (!business || Modifier.isFinal(modifiers))) {
      throw SenderParameter.invalid(method, "must not be private, static or final");
    }
    if (itself || (everyMethod && business)) {
      var unused = SenderParameter.of(method);
    }
  }

  /** Returns the superclasses and interfaces of a class. */
  private static Set<Class<?>> types(Class<?> type) {
    Set<Class<?>> found = new LinkedHashSet<>();
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      if (each != type) {
        found.add(each);
      }
      Arrays.stream(each.getInterfaces())
          .forEach(
              one -> {
                found.add(one);
                found.addAll(types(one));
              });
    }
    return found;
  }

  /** CDI ignores the annotation of an interface and of its methods. */
  private static void checkSupertype(Class<?> type) {
    if (!type.isInterface()) {
      return;
    }
    if (type.isAnnotationPresent(Admitted.class)) {
      throw new IllegalStateException(
          "The interface %s has @Admitted, which has no effect there. Put it on the class."
              .formatted(type.getName()));
    }
    for (Method method : type.getDeclaredMethods()) {
      if (method.isAnnotationPresent(Admitted.class)) {
        throw SenderParameter.invalid(method, "belongs to an interface; put it on the class");
      }
    }
  }

  /** CDI ignores the annotation of a method that a subclass overrides. */
  private static void checkOverrides(Class<?> type) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      for (Class<?> above = each.getSuperclass(); above != null; above = above.getSuperclass()) {
        for (Method method : above.getDeclaredMethods()) {
          Method own = overriding(each, method);
          if (own != null
              && method.isAnnotationPresent(Admitted.class)
              && !own.isAnnotationPresent(Admitted.class)
              && !type.isAnnotationPresent(Admitted.class)) {
            throw SenderParameter.invalid(
                method, "is overridden without it by " + each.getName() + "; repeat it there");
          }
        }
      }
    }
  }

  /**
   * Returns the method of a class that overrides another one; null if there is none. If the
   * parameters differ because the other one is generic, it is the compiler's bridge, which has the
   * same annotations.
   */
  private static Method overriding(Class<?> type, Method method) {
    if (Modifier.isPrivate(method.getModifiers())) {
      return null;
    }
    return Arrays.stream(type.getDeclaredMethods())
        .filter(own -> own.getName().equals(method.getName()))
        .filter(own -> Arrays.equals(own.getParameterTypes(), method.getParameterTypes()))
        .min(Comparator.comparing(Method::isBridge))
        .orElse(null);
  }
}
