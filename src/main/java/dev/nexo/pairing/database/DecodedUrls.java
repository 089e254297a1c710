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
 *
 * <p>Flyway requests the directory of the migrations. The class loaders of Payara find only files,
 * so this class also finds the directory by the file {@value #MARKER} in it.
 */
final class DecodedUrls extends ClassLoader {

  private static final String MARKER = "flyway.location";

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
    if (urls.isEmpty()) {
      for (URL marker : Collections.list(super.getResources(name + "/" + MARKER))) {
        URL file = decoded(marker);
        // The URL opens the file, because the jar may have no entry for the directory.
        String path = file.getPath();
        urls.add(at(path.substring(0, path.length() - MARKER.length()), marker));
      }
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
      return at(file, encoded);
    } catch (IOException | IllegalArgumentException e) {
      return encoded;
    }
  }

  /** Returns a URL with another path that opens the same resource. */
  private static URL at(String path, URL resource) throws IOException {
    return new URL(
        resource.getProtocol(),
        resource.getHost(),
        resource.getPort(),
        path,
        new URLStreamHandler() {
          @Override
          protected URLConnection openConnection(URL url) throws IOException {
            return resource.openConnection();
          }
        });
  }
}
