package dev.nexo.pairing.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.Vectors;
import dev.nexo.pairing.testing.ChannelWorld;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract's vectors, through the registry as everybody else asks it. */
@DisplayName("Sender id vectors")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SenderIdVectorsTest {

  private ChannelWorld world;
  private PairingAdapterRegistry registry;

  @BeforeAll
  void start() {
    world = ChannelWorld.builder().start();
    registry = world.get(PairingAdapterRegistry.class);
  }

  @AfterAll
  void stop() {
    world.close();
  }

  static Stream<Arguments> vectors() {
    JsonObject all = (JsonObject) Vectors.json("sender-ids.json");
    return all.keySet().stream()
        .flatMap(
            channel ->
                all.getJsonArray(channel).getValuesAs(JsonArray.class).stream()
                    .map(row -> arguments(channel, row.getString(0), row.getString(1, null))));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  @DisplayName("Every vector is normalized to its canonical id")
  void vectorsNormalize(String channel, String raw, String canonical) {
    assertThat(registry.normalizeSender(channel, raw)).isEqualTo(Optional.ofNullable(canonical));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  @DisplayName("A canonical id is returned unchanged")
  void canonicalIds(String channel, String raw, String canonical) {
    if (canonical != null) {
      assertThat(registry.normalizeSender(channel, canonical).orElseThrow()).isSameAs(canonical);
    }
  }
}
