package dev.nexo.pairing.e2e;

import dev.nexo.pairing.testing.OpenApiDocument.Operation;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The accounts of a server whose configuration names them.
 *
 * @param operatorPassword the operator's password
 * @param channelPassword the password of the channel account {@code whatsapp}
 */
record KnownAccounts(String operatorPassword, String channelPassword) {

  private String operator() {
    return "Basic " + CredentialMutations.basic("operator:" + operatorPassword);
  }

  private String channel() {
    return "Basic " + CredentialMutations.basic("whatsapp:" + channelPassword);
  }

  /** The header {@code Authorization} of every account. */
  List<String> all() {
    return List.of(operator(), channel());
  }

  /** The header {@code Authorization} that an operation needs, if it needs one. */
  Optional<String> authorization(Operation operation, HarvestedValues harvest, Random random) {
    if (operation.isOpen()) {
      return Optional.empty();
    }
    if (!operation.isCompanions()) {
      boolean inbound = operation.path().endsWith("/inbound");
      return Optional.of(inbound && random.nextBoolean() ? channel() : operator());
    }
    boolean redeems =
        operation.path().endsWith("/challenge")
            || operation.method().equals("post") && operation.path().endsWith("/session");
    String token = redeems ? harvest.bootstrapToken(random) : harvest.sessionToken(random);
    return Optional.of("Bearer " + token);
  }
}
