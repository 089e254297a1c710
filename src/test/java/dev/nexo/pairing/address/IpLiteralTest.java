package dev.nexo.pairing.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("An IP address")
class IpLiteralTest {

  private static String shown(Optional<InetAddress> address) {
    return address.map(InetAddress::getHostAddress).orElse("none");
  }

  @DisplayName("is read as a literal, a peer, a host and a block")
  @ParameterizedTest(name = "{0}: {1}, {2}, {3}, {4}")
  @CsvSource({
    // text, literal, peer, host, block
    "1.2.3.4, 1.2.3.4, 1.2.3.4, 1.2.3.4, 1.2.3.4/32",
    "0.0.0.0, 0.0.0.0, 0.0.0.0, 0.0.0.0, 0.0.0.0/32",
    "255.255.255.255, 255.255.255.255, 255.255.255.255, 255.255.255.255, 255.255.255.255/32",
    "01.2.3.4, none, none, none, none",
    "1.2.3.00, none, none, none, none",
    "1.2.3, none, none, none, none",
    "1.2.3.4.5, none, none, none, none",
    "1.2.3.256, none, none, none, none",
    "16909060, none, none, none, none",
    "0x7f.1, none, none, none, none",
    "0x7f.0.0.1, none, none, none, none",
    "127.1, none, none, none, none",
    "１.2.3.4, none, none, none, none",
    "1.2.3.٤, none, none, none, none",
    "'', none, none, none, none",
    "' ', none, none, none, none",
    "' 1.2.3.4', none, none, none, none",
    "'1.2.3.4 ', none, none, none, none",
    "localhost, none, none, none, none",
    "::, 0:0:0:0:0:0:0:0, 0:0:0:0:0:0:0:0, 0:0:0:0:0:0:0:0, 0:0:0:0:0:0:0:0/128",
    "::1, 0:0:0:0:0:0:0:1, 0:0:0:0:0:0:0:1, 0:0:0:0:0:0:0:1, 0:0:0:0:0:0:0:1/128",
    "::ffff:1.2.3.4, 1.2.3.4, 1.2.3.4, 1.2.3.4, 1.2.3.4/32",
    "::ffff:01.2.3.4, none, none, none, none",
    "::1.2.3, none, none, none, none",
    "1:2:3:4:5:6:7, none, none, none, none",
    "1::2::3, none, none, none, none",
    "12345::, none, none, none, none",
    ":, none, none, none, none",
    "a:b, none, none, none, none",
    "fe80::1%eth0, none, fe80:0:0:0:0:0:0:1, none, none",
    "[::1], none, none, 0:0:0:0:0:0:0:1, none",
    "[1.2.3.4], none, none, none, none",
    "[::1, none, none, none, none",
    "[], none, none, none, none",
    "1.2.3.4/33, none, none, none, none",
    "1.2.3.4/08, none, none, none, none",
    "1.2.3.4/, none, none, none, none",
    "1.2.3.4/-1, none, none, none, none",
    "1.2.3.4/٨, none, none, none, none",
    "1.2.3.4/0, none, none, none, 1.2.3.4/0",
    "10.0.0/8, none, none, none, none",
    "proxy.local/8, none, none, none, none",
    "fd00::/8, none, none, none, fd00:0:0:0:0:0:0:0/8",
    "fd00::/129, none, none, none, none",
    "::ffff:10.0.0.1/104, none, none, none, 10.0.0.1/8",
    "::ffff:10.0.0.1/8, none, none, none, none",
  })
  void table(String text, String literal, String peer, String host, String block) {
    assertThat(shown(IpLiteral.parse(text))).isEqualTo(literal);
    assertThat(shown(IpLiteral.parsePeer(text))).isEqualTo(peer);
    assertThat(shown(IpLiteral.parseHost(text))).isEqualTo(host);
    assertThat(
            AddressBlock.parse(text)
                .map(b -> b.address().getHostAddress() + "/" + b.bits())
                .orElse("none"))
        .isEqualTo(block);
  }
}
