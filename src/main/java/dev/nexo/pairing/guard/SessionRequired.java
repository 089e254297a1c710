package dev.nexo.pairing.guard;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Restricts a JAX-RS resource, or one of its methods, to companions with an active session. They
 * send {@code Authorization: Bearer <session token>} (RFC 6750, section 2.1). All other requests
 * get the same 401, or a 503 if the database does not answer.
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
 * application that overrides {@code getClasses()} has to include {@link SessionFilter}.
 */
@NameBinding
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface SessionRequired {}
