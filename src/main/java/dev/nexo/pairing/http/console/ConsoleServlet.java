package dev.nexo.pairing.http.console;

import dev.nexo.pairing.http.request.ApiPath;
import dev.nexo.pairing.http.request.CallerLimiter;
import dev.nexo.pairing.http.request.RequestRateLimiter;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Serves the console's files and the OpenAPI document, and a plain 404 for every other path. It
 * replaces the container's file servlet, whose entity tags depend on the file date: all builds of
 * one version have the same dates, so that browsers would use old files. The files, some hundred
 * kilobytes, are read once at startup. Thread-safe.
 */
public final class ConsoleServlet extends HttpServlet {

  /** The allowed methods, for {@code Allow} (RFC 9110, section 10.2.1). */
  static final String METHODS = "GET, HEAD";

  private static final long serialVersionUID = 1L;
  private static final String START = "/index.html";

  private static final int TOO_MANY_REQUESTS = 429;

  private final transient CallerLimiter limit;
  private final transient RequestRateLimiter rate;
  private transient Map<String, ConsoleFile> files = Map.of();

  /** Creates the servlet. It limits the rate of the OpenAPI document, the largest file. */
  @Inject
  public ConsoleServlet(CallerLimiter limit, RequestRateLimiter rate) {
    this.limit = limit;
    this.rate = rate;
  }

  /**
   * Reads the files.
   *
   * @throws ServletException if a file cannot be read
   */
  @Override
  public void init() throws ServletException {
    Map<String, ConsoleFile> read = new TreeMap<>();
    try {
      read(getServletContext(), "/", read);
      read.putAll(OpenApiFiles.read(getServletContext()));
    } catch (IOException e) {
      throw new ServletException("The console's files cannot be read", e);
    }
    if (read.containsKey(START)) {
      read.put("/", read.get(START));
    }
    files = Map.copyOf(read);
  }

  private static void read(ServletContext context, String directory, Map<String, ConsoleFile> into)
      throws IOException {
    Set<String> paths = context.getResourcePaths(directory);
    for (String path : paths == null ? Set.<String>of() : paths) {
      if (path.endsWith("-INF/")) {
        continue;
      }
      if (path.endsWith("/")) {
        read(context, path, into);
      } else if (ConsoleFile.isOne(path)) {
        try (InputStream content = context.getResourceAsStream(path)) {
          into.put(path, ConsoleFile.of(path, content.readAllBytes()));
        }
      }
    }
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean head = request.getMethod().equals("HEAD");
    if (!head && !request.getMethod().equals("GET")) {
      response.setHeader("Allow", METHODS);
      response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
      return;
    }
    String path = ApiPath.of(request);
    if (path.equals(OpenApiFiles.YAML) && !rate.allows("openapi/" + limit.address(request))) {
      response.setHeader("Retry-After", "1");
      response.setStatus(TOO_MANY_REQUESTS);
      return;
    }
    ConsoleFile file =
        files.get(path.equals(OpenApiFiles.YAML) ? OpenApiFiles.formOf(request) : path);
    if (file == null) {
      notFound(response, head);
      return;
    }
    response.setHeader("ETag", file.tag());
    // Browsers cache the file but revalidate it each time (RFC 9111, section 5.2.2.4).
    response.setHeader("Cache-Control", "no-cache");
    if (file.isKnown(request.getHeader("If-None-Match"))) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    send(response, file.type(), file.content(), head);
  }

  private static void notFound(HttpServletResponse response, boolean head) throws IOException {
    response.setStatus(HttpServletResponse.SC_NOT_FOUND);
    response.setHeader("Cache-Control", "no-store");
    byte[] line =
        "Not found. The console is at the root of this server.\n"
            .getBytes(StandardCharsets.US_ASCII);
    send(response, "text/plain;charset=US-ASCII", line, head);
  }

  private static void send(HttpServletResponse response, String type, byte[] body, boolean head)
      throws IOException {
    response.setContentType(type);
    response.setContentLength(body.length);
    if (!head) {
      response.getOutputStream().write(body);
    }
  }
}
