package dev.nexo.pairing.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.ServerClient;
import jakarta.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Answers do not reveal why a token is invalid. */
@DisplayName("Refusals of bad tokens")
class TokenFaultsIT {

  private static final int WARM_UP = 200;
  private static final int SAMPLES = 400;

  private static PackagedServer server;
  private static Map<String, String> faults;
  private static int addresses;

  @BeforeAll
  static void start() throws IOException, GeneralSecurityException {
    server =
        new PackagedServer("token-faults")
            .environment("PAIRING_TRUSTED_PROXIES", "127.0.0.1")
            .environment("PAIRING_PUBLIC_URL", "wss://nexo.example.com")
            .environment("PAIRING_SETUP_CODE_DEFAULT_TTL_SECS", "3600")
            .start();
    faults = faults();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Map<String, String> faults() throws IOException, GeneralSecurityException {
    ServerClient operator = server.operator();
    String spent = issue(operator).getString("bootstrap_token");
    assertThat(redeem(spent).status()).isEqualTo(201);
    var cancelled = issue(operator);
    operator.delete("/setup-codes/" + cancelled.getString("setup_id"));
    byte[] key = Files.readAllBytes(server.home().resolve("secret/pairing.key"));
    String claims =
        "{\"profile\":\"companion-v1\",\"expires_at\":\"%s\",\"nonce\":\"%032x\",\"device_label\":\"x\"}";
    String valid = claims.formatted("2099-12-31T23:59:59.123456789Z", 7);
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("no token at all", "hello");
    tokens.put("not base64url", sign(key, valid).replace('.', '!') + ".x");
    tokens.put("signed by nobody", sign(new byte[32], valid));
    tokens.put("signed, no JSON", sign(key, "x".repeat(valid.length())));
    tokens.put("expired", sign(key, claims.formatted("2020-01-02T03:04:05.678901234Z", 8)));
    tokens.put("spent", spent);
    tokens.put("cancelled", cancelled.getString("bootstrap_token"));
    return tokens;
  }

  private static jakarta.json.JsonObject issue(ServerClient operator) {
    ServerClient.Answer answer =
        operator.post("/setup-codes", Json.createObjectBuilder().add("device_label", "x").build());
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json();
  }

  private static String sign(byte[] key, String claims) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    byte[] bytes = claims.getBytes(StandardCharsets.UTF_8);
    Base64.Encoder b64u = Base64.getUrlEncoder().withoutPadding();
    return b64u.encodeToString(bytes) + "." + b64u.encodeToString(mac.doFinal(bytes));
  }

  /** Uses a new address each time, because ten failures would lock an address. */
  private static ServerClient.Answer redeem(String token) {
    addresses++;
    return ServerClient.bearer(server.port(), token)
        .from("10." + (addresses >> 16) + "." + (addresses >> 8 & 255) + "." + (addresses & 255))
        .post("/companion/session");
  }

  @Test
  @DisplayName("The answer is the same to the byte, over HTTP and over WebSocket")
  void sameAnswer() {
    Set<String> bodies = new HashSet<>();
    Set<Map<String, List<String>>> headers = new HashSet<>();
    Set<String> frames = new HashSet<>();
    faults.forEach(
        (fault, token) -> {
          ServerClient.Answer answer = redeem(token);
          assertThat(answer.status()).as(fault).isEqualTo(401);
          bodies.add(answer.body());
          Map<String, List<String>> compared = new TreeMap<>(answer.headers());
          compared.remove("date");
          headers.add(compared);
          try (PlainCompanion companion =
              PlainCompanion.at("ws://127.0.0.1:" + server.port() + "/pair")) {
            companion.send(Json.createObjectBuilder().add("bootstrap_token", token).build());
            companion.frame(0);
            assertThat(companion.closeCode()).as(fault).isEqualTo(1008);
            frames.addAll(companion.frames());
          }
        });
    assertThat(bodies).hasSize(1);
    assertThat(headers).hasSize(1);
    assertThat(frames).hasSize(1);
    assertThat(frames.iterator().next()).startsWith("{\"error\":");
  }

  @Test
  @DisplayName("The answer takes the same time, within noise")
  void sameTime() {
    List<String> order = new ArrayList<>();
    for (int i = 0; i < WARM_UP + SAMPLES; i++) {
      order.addAll(faults.keySet());
    }
    Map<String, long[]> taken = new LinkedHashMap<>();
    Map<String, Integer> count = new TreeMap<>();
    faults.keySet().forEach(fault -> taken.put(fault, new long[SAMPLES]));
    // Shuffled, so that other load on the machine affects all cases equally.
    Collections.shuffle(order.subList(faults.size() * WARM_UP, order.size()), new Random(7));
    Map<String, ServerClient> clients = new TreeMap<>();
    faults.forEach((f, token) -> clients.put(f, ServerClient.bearer(server.port(), token)));
    for (int i = 0; i < order.size(); i++) {
      String fault = order.get(i);
      addresses++;
      ServerClient client =
          clients.get(fault).from("10.9." + (addresses >> 8 & 255) + "." + (addresses & 255));
      long start = System.nanoTime();
      ServerClient.Answer answer = client.post("/companion/session");
      long nanos = System.nanoTime() - start;
      assertThat(answer.status()).isEqualTo(401);
      if (i >= faults.size() * WARM_UP) {
        taken.get(fault)[count.merge(fault, 1, Integer::sum) - 1] = nanos;
      }
    }
    long[] all = taken.values().stream().flatMapToLong(Arrays::stream).sorted().toArray();
    long median = all[all.length / 2];
    long spread = all[all.length * 3 / 4] - all[all.length / 4];
    System.out.printf(
        "%-20s %10s %10s %10s  (µs, %d each)%n", "fault", "25 %", "50 %", "75 %", SAMPLES);
    taken.forEach(
        (fault, nanos) -> {
          Arrays.sort(nanos);
          System.out.printf(
              "%-20s %10d %10d %10d%n",
              fault,
              nanos[SAMPLES / 4] / 1_000,
              nanos[SAMPLES / 2] / 1_000,
              nanos[SAMPLES * 3 / 4] / 1_000);
        });
    taken.forEach(
        (fault, nanos) ->
            assertThat(Math.abs(nanos[SAMPLES / 2] - median))
                .as("%s: how far its median lies from that of all", fault)
                .isLessThan(Math.max(median / 8, spread / 2)));
  }
}
