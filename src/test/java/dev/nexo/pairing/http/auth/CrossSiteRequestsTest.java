package dev.nexo.pairing.http.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.http.FakeRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Cross-site requests")
class CrossSiteRequestsTest {

  @ParameterizedTest(name = "{3}: {2}")
  @CsvSource(
      nullValues = "-",
      value = {
        "-, -, false, a program that is no browser",
        "same-origin, http://a.example, false, our own page",
        "none, -, false, typed into the address bar",
        "cross-site, -, true, somebody else's page",
        "same-site, http://b.a.example, true, a neighbour's page",
        "nonsense, -, true, what no browser says",
        "-, http://a.example, false, our own page in an older browser",
        "-, https://A.EXAMPLE, false, the same behind a TLS proxy",
        "-, http://evil.example, true, somebody else's page in an older browser",
        "-, http://a.example.evil.example, true, a name that only begins like ours",
        "-, http://evila.example, true, a name that only ends like ours",
        "-, null, true, a sandboxed page"
      })
  @DisplayName("A cross-site request is recognized by the browser's headers")
  void isKnown(String site, String origin, boolean foreign, String what) {
    Map<String, List<String>> headers = new HashMap<>(Map.of("Host", List.of("a.example")));
    if (site != null) {
      headers.put("Sec-Fetch-Site", List.of(site));
    }
    if (origin != null) {
      headers.put("Origin", List.of(origin));
    }
    assertThat(CrossSiteRequests.sent(FakeRequest.from("127.0.0.1", headers)))
        .as(what)
        .isEqualTo(foreign);
  }
}
