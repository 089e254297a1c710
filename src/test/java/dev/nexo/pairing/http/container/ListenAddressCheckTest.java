package dev.nexo.pairing.http.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.internal.Finding;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Listen address check")
class ListenAddressCheckTest {

  @ParameterizedTest(name = "{0}, TLS {1}: {2}")
  @CsvSource({
    "127.0.0.1,false,OK,",
    "localhost,false,OK,",
    "::1,true,OK,",
    "*,false,WARNING,HTTPS_PORT",
    "0.0.0.0,false,WARNING,HTTPS_PORT",
    "192.168.1.4,false,WARNING,HTTPS_PORT",
    "*,true,WARNING,HTTPS"
  })
  @DisplayName("Clear text beyond this machine is a warning")
  void clearText(String host, boolean tls, Finding.Level level, String remedy) {
    Finding found = ListenAddressCheck.finding(new ServerAddress.Endpoint(host, 9080), tls);
    assertThat(found.level()).isEqualTo(level);
    if (remedy == null) {
      assertThat(found.remedy()).isNull();
    } else {
      assertThat(found.remedy()).contains(remedy);
      assertThat(found.text()).contains("9080");
    }
  }
}
