package dev.nexo.pairing.http;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A request that has headers, an address and a path, and nothing else. */
final class FakeRequest {

  private FakeRequest() {}

  static HttpServletRequest from(String address, Map<String, List<String>> headers) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            FakeRequest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "getRemoteAddr" -> address;
                  case "getHeaders" ->
                      Collections.enumeration(headers.getOrDefault(args[0], List.of()));
                  case "getHeader" ->
                      headers.containsKey(args[0]) ? headers.get(args[0]).get(0) : null;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
