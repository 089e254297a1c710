package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.cli.client.Api;
import dev.nexo.pairing.cli.client.ServerException;
import dev.nexo.pairing.cli.terminal.CommandException;
import jakarta.json.JsonObject;
import java.util.regex.Pattern;
import picocli.CommandLine.Parameters;

/** The parameter that names a pending request by its code or its id. */
final class PendingParameter {

  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9-]{1,64}");

  @Parameters(paramLabel = "CODE", description = "Code or id of the request.")
  private String code;

  /**
   * Approves or denies the pending request.
   *
   * @param action {@code approve} or {@code deny}
   * @throws CommandException if there is no such request, or the server refuses
   */
  JsonObject post(Api api, String action, JsonObject body) {
    String plain = PairingCode.reference(code);
    if (!SHAPE.matcher(plain).matches()) {
      throw new CommandException(
          "A code consists of letters and digits, like K7M3XQ9P. Run: nexo-pair list");
    }
    try {
      return api.post("/pending/" + plain + "/" + action, body, "sender_id");
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
