package dev.nexo.pairing.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLDecoder;
import java.net.URLStreamHandler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * The resources of another class loader, with decoded paths in their URLs. Flyway compares a
 * resource's path with a decoded one. If the application is in a directory with a space, it would
 * list the migrations and then fail to read them.
 */
final class DecodedUrls extends ClassLoader {

  DecodedUrls(ClassLoader classes) {
    super(classes);
  }

  @Override
  public URL getResource(String name) {
    URL found = super.getResource(name);
    return found == null ? null : decoded(found);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (URL found : Collections.list(super.getResources(name))) {
      urls.add(decoded(found));
    }
    return Collections.enumeration(urls);
  }

  private static URL decoded(URL encoded) {
    String path = encoded.getPath();
    if (!path.contains("%")) {
      return encoded;
    }
    try {
      // A plus sign is itself in a path, and a space for the decoder.
      String file = URLDecoder.decode(path.replace("+", "%2B"), UTF_8);
      return new URL(
          encoded.getProtocol(),
          encoded.getHost(),
          encoded.getPort(),
          file,
          new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) throws IOException {
              return encoded.openConnection();
            }
          });
    } catch (IOException | IllegalArgumentException e) {
      return encoded;
    }
  }
}
