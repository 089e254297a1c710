package dev.nexo.pairing.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Peer network")
class PeerNetworkTest {

  @Test
  @DisplayName("An IPv4 address is one peer, and so is an IPv6 /64")
  void peers() {
    String[][] same = {
      {"2001:db8::1", "2001:db8::ffff:1", "one /64"},
      {"fe80::1%eth0", "fe80::2", "a zone is no part of it"},
      {"::ffff:192.0.2.1", "192.0.2.1", "mapped"},
      {"page/2001:db8::1", "page/2001:db8::2", "one /64 behind a word"},
      {"page/192.0.2.1", "page/192.0.2.1", "itself"},
    };
    for (String[] row : same) {
      assertThat(PeerNetwork.of(row[0])).as(row[2]).isEqualTo(PeerNetwork.of(row[1]));
    }
    String[][] others = {
      {"192.0.2.1", "192.0.2.2", "two hosts"},
      {"2001:db8::1", "2001:db8:0:1::1", "two networks"},
      {"192.0.2.1", "page/192.0.2.1", "a page in its name"},
      {"2001:db8::1", "page/2001:db8::1", "a page in its name"},
    };
    for (String[] row : others) {
      assertThat(PeerNetwork.of(row[0])).as(row[2]).isNotEqualTo(PeerNetwork.of(row[1]));
    }
    assertThat(PeerNetwork.of("no:address")).isEqualTo("no:address");
  }
}
