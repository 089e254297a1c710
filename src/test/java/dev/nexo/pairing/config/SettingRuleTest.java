package dev.nexo.pairing.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.Vectors;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Setting rules")
class SettingRuleTest {

  @ParameterizedTest(name = "{0} allows {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "FLAG | YES",
        "FLAG | 0",
        "TTL | 1",
        "TTL | 86400",
        "LONG_TTL | 315360000",
        "PASSWORD | eight ch",
        "DATABASE_URL | jdbc:postgresql://localhost:5432/pairing",
        "DATABASE_URL | jdbc:postgresql://a,b:5433/pairing?sslmode=verify-full",
        "BROKER_URL | nats://localhost:4222",
        "BROKER_URL | nats://a, TLS://b:1",
        "PUBLIC_URL | HTTPS://a/b?c=d",
        "HOSTS | kitchen-pi.local",
        "HOSTS | my_pi",
        "HOSTS | küche.local",
        "HOSTS | fe80::1",
        "HOSTS | [::1]",
        "NETWORKS | 0.0.0.0/0",
        "NETWORKS | 192.168.1.255",
        "NETWORKS | ::ffff:10.0.0.1/96",
        "NETWORKS | fd00::/8",
        "SUBJECT | a.B-1.c_d",
        "FORWARD_SUBJECT | plugin.inbounds",
        "WEBHOOK_URL | https://hooks.example.com/pairing?key=1",
        "WEBHOOK_URL | HTTP://127.0.0.1:8787",
        "WEBHOOK_URL | http://[fd00::1]/x",
        "WEBHOOK_URL | http://receiver:8787/",
        "WEBHOOK_SECRET | whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
      })
  @DisplayName("A rule allows valid values")
  void allows(SettingRule rule, String value) {
    assertThat(rule.allows(value)).isTrue();
  }

  @ParameterizedTest(name = "{0} refuses {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "FLAG | 2 | neither yes nor no",
        "TTL | +5 | a sign",
        "TTL | ٥ | not an ASCII digit",
        "TTL | 86401 | too long",
        "PASSWORD | seven c | too short",
        "NAME | a\u0007b | a control character",
        "DATABASE_URL | postgresql://a/b | not the driver's form",
        "DATABASE_URL | jdbc:mysql://a/b | another database",
        "DATABASE_URL | jdbc:postgresql:  | nothing behind it",
        "DATABASE_URL | jdbc:postgresql://u:p@a/b | a login",
        "DATABASE_URL | jdbc:postgresql://a/b?user=u | a login",
        "DATABASE_URL | jdbc:postgresql://a/b?x=y&PASSWORD=p | a login",
        "BROKER_URL | localhost:4222 | no scheme",
        "BROKER_URL | nats://a,,nats://b | an empty one",
        "BROKER_URL | nats://a:99999 | no such port",
        "BROKER_URL | '' | no server",
        "BROKER_URL | http://host:4222 | another scheme",
        "BROKER_URL | ws://host:4222 | another scheme",
        "BROKER_URL | opentls://host:4222 | TLS without a check of the certificate",
        "BROKER_URL | nats:// | no host",
        "BROKER_URL | nats://host/ | a path",
        "BROKER_URL | nats://user:s3cret/x@host:4222 | a slash in the password",
        "BROKER_URL | nats://user:s3cret @host | a space",
        "BROKER_URL | nats://host:4222,ftp://host | another scheme",
        "PUBLIC_URL | wss://a#b | a fragment",
        "PUBLIC_URL | wss://u@a | a user",
        "PUBLIC_URL | wss:///pair | no host",
        "HOSTS | a/b | a path",
        "HOSTS | wss://a | a scheme",
        "HOSTS | a:80 | a port",
        "HOSTS | a b | two",
        "HOSTS | [a] | a name in brackets",
        "NETWORKS | localhost | a name",
        "NETWORKS | 10.0.1 | three parts",
        "NETWORKS | 256.0.0.1 | too large a part",
        "NETWORKS | 010.0.0.1 | octal, to some",
        "NETWORKS | 10.0.0.1/ | no bits",
        "NETWORKS | 10.0.0.1/33 | too many bits",
        "NETWORKS | ::1/129 | too many bits",
        "NETWORKS | 1::2::3 | no address",
        "NETWORKS | ::1%eth0 | a zone",
        "HOSTS | 01.2.3.4 | octal, to some",
        "HOSTS | 1.2.3 | three parts",
        "HOSTS | １.2.3.4 | not ASCII digits",
        "SUBJECT | '' | empty",
        "SUBJECT | a b | a space",
        "SUBJECT | .a | begins with a dot",
        "SUBJECT | ä | not ASCII",
        "SUBJECT | a. | ends with a dot",
        "SUBJECT | a..b | two dots",
        "SUBJECT | a.> | a wildcard",
        "SUBJECT | $SYS.a | the server's own",
        "FORWARD_SUBJECT | plugin.inbound | a loop",
        "WEBHOOK_URL | http://192.0.2.1/ | another network without TLS",
        "WEBHOOK_URL | http://[2001:db8::1]/ | another network without TLS",
        "WEBHOOK_URL | https://u:p@example.com/ | a login",
        "WEBHOOK_URL | https://example.com/#a | a fragment",
        "WEBHOOK_URL | https:///x | no host",
        "WEBHOOK_URL | ftp://example.com/ | another scheme",
        "WEBHOOK_URL | file:///etc/passwd | another scheme",
        "WEBHOOK_SECRET | MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw | no prefix",
        "WEBHOOK_SECRET | whsec_c2hvcnQ= | too short",
        "WEBHOOK_SECRET | whsec_not*base64 | not base64",
        "FORWARD_SUBJECT | plugin.inbound.a | a loop",
        "FORWARD_SUBJECT | plugin | a loop by a channel named inbound",
        "FORWARD_SUBJECT | plugin.outbound | an echo",
        "FORWARD_SUBJECT | pairing | a loop by a channel",
        "FORWARD_SUBJECT | pairing.inbound | a loop",
      })
  @DisplayName("A rule refuses invalid values")
  void refuses(SettingRule rule, String value, String reason) {
    assertThat(rule.allows(value)).as(reason).isFalse();
  }

  @Test
  @DisplayName("Every URL that the vectors allow can be configured")
  void urlVectors() {
    JsonObject vectors = Vectors.json("gateway-urls.json").asJsonObject();
    for (JsonValue value : vectors.getJsonArray("cases")) {
      JsonObject row = value.asJsonObject();
      if (row.getBoolean("allowed")) {
        assertThat(SettingRule.PUBLIC_URL.allows(row.getString("url"))).as("%s", row).isTrue();
      }
    }
  }
}
