package dev.nexo.pairing.guard;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets only companions that are signed in call a resource, or one method of it. They send {@code
 * Authorization: Bearer <session token>} (RFC 6750, section 2.1); everybody else gets a 401, the
 * same for every fault, and while the database does not answer, a 503.
 *
 * <pre>{@code
 * @Path("/lamps")
 * @SessionRequired
 * public class DemoResource {
 *
 *   @GET
 *   public String mine(@Context SecurityContext caller) {
 *     CompanionPrincipal companion = (CompanionPrincipal) caller.getUserPrincipal();
 *     return "Hello, " + companion.session().deviceLabel();
 *   }
 * }
 * }</pre>
 *
 * <p>The role of a companion is its profile: {@code caller.isUserInRole("companion-v1")}. An
 * application that lists its classes itself, by {@code getClasses()}, lists {@link SessionFilter}
 * with them.
 */
@NameBinding
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface SessionRequired {}
