package dev.nexo.pairing.http.mounted;

import dev.nexo.pairing.http.operator.OperatorServlet;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.EnumSet;

/** Mounts the operator servlet twice: with a login that accepts everybody, and with none. */
@WebListener
public class HostSecurity implements ServletContextListener {

  /** The path where everybody is the operator. */
  public static final String MOUNTED = "/mounted";

  /** The path without a login. */
  public static final String OPEN = "/open";

  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServletContext context = event.getServletContext();
    ServletRegistration.Dynamic servlet = context.addServlet("mounted", OperatorServlet.class);
    servlet.setAsyncSupported(true);
    servlet.addMapping(MOUNTED + "/api/v1/*", OPEN + "/api/v1/*");
    FilterRegistration.Dynamic filter = context.addFilter("host", Login.class);
    filter.setAsyncSupported(true);
    filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, MOUNTED + "/*");
  }

  /** The login that accepts everybody. */
  public static final class Login extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      chain.doFilter(
          new HttpServletRequestWrapper(request) {
            @Override
            public Principal getUserPrincipal() {
              return () -> "operator";
            }

            @Override
            public boolean isUserInRole(String role) {
              return role.equals(OperatorServlet.ROLE);
            }
          },
          response);
    }
  }
}
