package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.cli.client.Api;
import dev.nexo.pairing.cli.client.Query;
import dev.nexo.pairing.cli.client.ServerException;
import dev.nexo.pairing.cli.terminal.CommandException;
import jakarta.json.JsonObject;
import java.util.function.Function;
import java.util.regex.Pattern;
import picocli.CommandLine.Parameters;

/** The parameter that names a pending request by its code or its id. */
final class PendingParameter {

  private static final Pattern SHAPE = Pattern.compile("#[0-9]{1,18}|[A-Za-z0-9-]{1,64}");

  @Parameters(paramLabel = "CODE", description = "Code, id or number of the request.")
  private String code;

  /**
   * Approves or denies the pending request.
   *
   * @param action {@code approve} or {@code deny}
   * @throws CommandException if there is no such request, or the server refuses
   */
  JsonObject post(Api api, String action, JsonObject body) {
    return call(action, path -> api.post(path, body, "sender_id"));
  }

  /**
   * Reads something of the pending request.
   *
   * @param part the last part of the path, such as {@code messages}
   * @throws CommandException if there is no such request, or the server refuses
   */
  JsonObject get(Api api, String part) {
    return call(part, path -> api.get(Query.of(path), part));
  }

  private JsonObject call(String last, Function<String, JsonObject> call) {
    String plain = PairingCode.reference(code);
    if (!SHAPE.matcher(plain).matches()) {
      throw new CommandException(
          "A code consists of letters and digits, like K7M3XQ9P. Run: nexo-pair list");
    }
    try {
      String path = plain.startsWith("#") ? plain.substring(1) : plain;
      return call.apply("/pending/" + Query.encoded(path) + "/" + last);
    } catch (ServerException e) {
      if (e.isMissing()) {
        throw new CommandException(
            "No pending request has the code "
                + plain
                + "; it may be used, expired or mistyped. Run: nexo-pair list",
            e);
      }
      throw e;
    }
  }
}
