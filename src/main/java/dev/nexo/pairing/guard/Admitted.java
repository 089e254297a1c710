package dev.nexo.pairing.guard;

import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Restricts a method of a CDI bean, or all methods of it, to admitted senders. The parameter with
 * {@link Sender} says who that is.
 *
 * <pre>{@code
 * @ApplicationScoped
 * public class Bot {
 *
 *   @Admitted
 *   public String answer(@Sender(channel = "telegram", account = "my_bot") String from, String text) {
 *     return "You said " + text;
 *   }
 * }
 * }</pre>
 *
 * <p>Before each call the gate decides. Strangers are challenged, whatever {@code pairing.policy}
 * says. If the sender is not admitted, the method is not called, and the caller gets a {@link
 * NotAdmittedException} with the decision. A JAX-RS resource answers it with 403, or 503 if the
 * database or the adapter does not answer. Neither answer says why, or contains the code.
 *
 * <p>The application is not deployed if an annotated method has no such parameter or several, is
 * private, static or final, or belongs to an interface; or if the class is not a bean of an archive
 * that the server searches for beans. Like all interceptors, this one does not see calls of a bean
 * to itself, and calls of an instance that the application made with {@code new}.
 */
@InterceptorBinding
@Inherited
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Admitted {}
