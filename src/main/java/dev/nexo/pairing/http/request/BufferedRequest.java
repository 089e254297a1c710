package dev.nexo.pairing.http.request;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A request whose body is in memory. Not thread-safe; used after the body is complete. */
final class BufferedRequest extends HttpServletRequestWrapper {

  private final ByteArrayOutputStream body;

  /** The raw URI: after a dispatch the container returns the decoded path instead. */
  private final String uri;

  private final String url;
  private final String query;

  BufferedRequest(HttpServletRequest request, ByteArrayOutputStream body) {
    super(request);
    this.body = body;
    this.uri = request.getRequestURI();
    this.url = request.getRequestURL().toString();
    this.query = request.getQueryString();
  }

  @Override
  public String getRequestURI() {
    return uri;
  }

  @Override
  public StringBuffer getRequestURL() {
    return new StringBuffer(url);
  }

  @Override
  public String getQueryString() {
    return query;
  }

  @Override
  public ServletInputStream getInputStream() {
    return new BufferedInput(new ByteArrayInputStream(body.toByteArray()));
  }

  @Override
  public BufferedReader getReader() {
    return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
  }

  private static final class BufferedInput extends ServletInputStream {

    private final ByteArrayInputStream bytes;

    BufferedInput(ByteArrayInputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return bytes.read(into, offset, length);
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("The body has been read already");
    }
  }
}
