package dev.nexo.pairing.e2e.jpa;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Lets a test write notes over HTTP. */
@WebServlet("/write")
public class Notebook extends HttpServlet {

  private static final long serialVersionUID = 1;

  @Inject transient Notes notes;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain");
    response.getWriter().print(notes.write(request.getParameter("of")));
  }
}
