package dev.nexo.pairing.http;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A request that has headers, cookies, an address and attributes, and nothing else. */
public final class FakeRequest {

  private FakeRequest() {}

  public static HttpServletRequest from(String address, Map<String, List<String>> headers) {
    Map<Object, Object> attributes = new HashMap<>();
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            FakeRequest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "getRemoteAddr" -> address;
                  case "isSecure" -> false;
                  case "getHeaders" ->
                      Collections.enumeration(headers.getOrDefault(args[0], List.of()));
                  case "getHeader" ->
                      headers.containsKey(args[0]) ? headers.get(args[0]).get(0) : null;
                  case "getCookies" -> cookies(headers.get("Cookie"));
                  case "setAttribute" -> attributes.put(args[0], args[1]);
                  case "getAttribute" -> attributes.get(args[0]);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  /** As a container has it: null where there are none. */
  private static Cookie[] cookies(List<String> pairs) {
    return pairs == null
        ? null
        : pairs.stream()
            .map(pair -> pair.split("=", 2))
            .map(pair -> new Cookie(pair[0], pair[1]))
            .toArray(Cookie[]::new);
  }
}
