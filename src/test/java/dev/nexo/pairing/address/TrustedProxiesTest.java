package dev.nexo.pairing.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Trusted proxies")
class TrustedProxiesTest {

  private static final String PROXY = "10.1.2.3";
  private static final String UNCLEAR = "unclear/" + PROXY;

  @Test
  @DisplayName("Forwarding headers of an untrusted peer are ignored")
  void untrusted() {
    assertThat(of(List.of(), "203.0.113.9", "X-Forwarded-For", "192.0.2.1"))
        .isEqualTo("203.0.113.9");
    assertThat(of(List.of("10.0.0.0/8"), "203.0.113.9", "Forwarded", "for=192.0.2.1"))
        .isEqualTo("203.0.113.9");
  }

  @Test
  @DisplayName("The client is the rightmost address that is not a trusted proxy")
  void rightmost() {
    String[][] rows = {
      // header, value, address
      {"X-Forwarded-For", "192.0.2.1", "192.0.2.1"},
      {"X-Forwarded-For", "6.6.6.6, 192.0.2.1", "192.0.2.1"},
      {"X-Forwarded-For", "6.6.6.6, 192.0.2.1, 10.9.9.9", "192.0.2.1"},
      {"X-Forwarded-For", "192.0.2.1:4711", "192.0.2.1"},
      {"X-Forwarded-For", "2001:db8::1", "2001:db8:0:0:0:0:0:1"},
      {"X-Forwarded-For", "[2001:db8::1]:80", "2001:db8:0:0:0:0:0:1"},
      {"X-Forwarded-For", "::ffff:192.0.2.1", "192.0.2.1"},
      {"Forwarded", "for=192.0.2.1;proto=https", "192.0.2.1"},
      {"Forwarded", "For=\"[2001:db8::1]:4711\"", "2001:db8:0:0:0:0:0:1"},
      {"Forwarded", "for=6.6.6.6, for=192.0.2.1;by=10.1.2.3", "192.0.2.1"},
      // Nobody knows who sent a chain that begins with something else than an address.
      {"X-Forwarded-For", "192.0.2.1, evil.example.com", UNCLEAR},
      {"X-Forwarded-For", "192.0.2.1, ", UNCLEAR},
      {"X-Forwarded-For", "", UNCLEAR},
      {"X-Forwarded-For", "127.1", UNCLEAR},
      {"X-Forwarded-For", "300.1.1.1", UNCLEAR},
      {"X-Forwarded-For", "192.0.2.1\"", UNCLEAR},
      {"Forwarded", "for=unknown", UNCLEAR},
      {"Forwarded", "for=_hidden", UNCLEAR},
      {"Forwarded", "by=10.1.2.3", UNCLEAR},
      {"Forwarded", "for=\"192.0.2.1, for=6.6.6.6\"", UNCLEAR},
      // A proxy that copies the client's Host, or appends to what the client has sent
      {"Forwarded", "for=192.0.2.1;host=\"a\";proto=https", "192.0.2.1"},
      {"Forwarded", "for=192.0.2.1;host=\"a:80\"", "192.0.2.1"},
      {"Forwarded", "for=192.0.2.1;host=\"a,for=6.6.6.6;b\"", UNCLEAR},
      {"Forwarded", "host=\"a;for=6.6.6.6;b\";for=192.0.2.1", UNCLEAR},
      {"Forwarded", "for=192.0.2.1;host=\"a\\\",for=6.6.6.6;b=\\\"\"", UNCLEAR},
      {"Forwarded", "host=\"a\";for=6.6.6.6;b=\"\";for=192.0.2.1", UNCLEAR},
      {"Forwarded", "for=6.6.6.6;a=\", for=192.0.2.1;host=\";b=\"\"", UNCLEAR},
      {"Forwarded", "for=6.6.6.6;a=\", for=192.0.2.1", UNCLEAR},
      {"Forwarded", "for=6.6.6.6;For=192.0.2.1", UNCLEAR},
      {"X-Forwarded-For", "10.9.9.9", "10.9.9.9"},
      {"X-Forwarded-For", "10.9.9.9" + ", 10.9.9.9".repeat(32), UNCLEAR},
    };
    for (String[] row : rows) {
      assertThat(of(List.of("10.0.0.0/8"), PROXY, row[0], row[1])).as(row[1]).isEqualTo(row[2]);
    }
  }

  @Test
  @DisplayName("Trusted networks can be IPv4 or IPv6")
  void addressFamilies() {
    assertThat(of(List.of("2001:db8::/32"), "2001:db8::5", "X-Forwarded-For", "192.0.2.1"))
        .isEqualTo("192.0.2.1");
    assertThat(of(List.of("192.168.0.0/17"), "192.168.128.1", "X-Forwarded-For", "192.0.2.1"))
        .as("just outside")
        .isEqualTo("192.168.128.1");
    assertThat(of(List.of("::1", "0.0.0.0/0"), "1.2.3.4", "X-Forwarded-For", "2001:db8::9"))
        .isEqualTo("2001:db8:0:0:0:0:0:9");
  }

  @Test
  @DisplayName("Headers that disagree are not attributed to the proxy's own address")
  void disagreement() {
    TrustedProxies proxies = proxies(List.of("10.0.0.0/8"));
    Map<String, List<String>> headers =
        Map.of("Forwarded", List.of("for=6.6.6.6"), "X-Forwarded-For", List.of("192.0.2.1"));
    assertThat(address(proxies, PROXY, headers)).isEqualTo(UNCLEAR);
    headers =
        Map.of("Forwarded", List.of("for=192.0.2.1"), "X-Forwarded-For", List.of("192.0.2.1"));
    assertThat(address(proxies, PROXY, headers)).isEqualTo("192.0.2.1");
    assertThat(address(proxies, PROXY, Map.of())).as("a program on that machine").isEqualTo(PROXY);
  }

  @Test
  @DisplayName("Only the header that the configuration names is read")
  void oneHeader() {
    Map<String, List<String>> headers =
        Map.of(
            "Forwarded", List.of("for=6.6.6.6;proto=https"),
            "X-Forwarded-For", List.of("192.0.2.1"),
            "X-Forwarded-Proto", List.of("http"));
    for (TrustedHeader header : TrustedHeader.values()) {
      boolean forwarded = header == TrustedHeader.FORWARDED;
      TrustedProxies proxies = proxies(List.of("10.0.0.0/8"), Optional.of(header));
      assertThat(address(proxies, PROXY, headers)).isEqualTo(forwarded ? "6.6.6.6" : "192.0.2.1");
      assertThat(
              proxies.sayTls(
                  PROXY, name -> Collections.enumeration(headers.getOrDefault(name, List.of()))))
          .as(header.name())
          .isEqualTo(forwarded);
    }
  }

  @Test
  @DisplayName("Only a trusted proxy can report that a request used TLS")
  void forwardedProto() {
    Object[][] rows = {
      // peer, header, value, TLS
      {PROXY, "Forwarded", "for=192.0.2.1;proto=https", true},
      {PROXY, "Forwarded", "Proto=\"HTTPS\"", true},
      {PROXY, "Forwarded", "for=192.0.2.1;proto=https, for=10.0.0.1;proto=http", true},
      {PROXY, "Forwarded", "for=192.0.2.1;proto=http", false},
      {PROXY, "Forwarded", "for=\"https\"", false},
      {PROXY, "X-Forwarded-Proto", "https", true},
      {PROXY, "X-Forwarded-Proto", " http , https", true},
      {PROXY, "X-Forwarded-Proto", "http", false},
      {PROXY, "X-Forwarded-Proto", "httpsx", false},
      {PROXY, "X-Forwarded-Proto", "", false},
      {PROXY, "X-Forwarded-For", "https", false},
      {"203.0.113.9", "X-Forwarded-Proto", "https", false},
      {"203.0.113.9", "Forwarded", "proto=https", false},
    };
    for (Object[] row : rows) {
      Map<String, List<String>> headers = Map.of((String) row[1], List.of((String) row[2]));
      assertThat(
              proxies(List.of("10.0.0.0/8"))
                  .sayTls(
                      (String) row[0],
                      name -> Collections.enumeration(headers.getOrDefault(name, List.of()))))
          .as(row[0] + " " + row[1] + ": " + row[2])
          .isEqualTo(row[3]);
    }
  }

  private static String of(List<String> trusted, String peer, String header, String value) {
    return address(proxies(trusted), peer, Map.of(header, List.of(value)));
  }

  private static String address(
      TrustedProxies proxies, String peer, Map<String, List<String>> headers) {
    return proxies.address(
        peer, name -> Collections.enumeration(headers.getOrDefault(name, List.of())));
  }

  private static TrustedProxies proxies(List<String> trusted) {
    return proxies(trusted, Optional.empty());
  }

  private static TrustedProxies proxies(List<String> trusted, Optional<TrustedHeader> header) {
    List<AddressBlock> blocks =
        trusted.stream().map(text -> AddressBlock.parse(text).orElseThrow()).toList();
    return new TrustedProxies(() -> new ProxySettings(blocks, header));
  }
}
