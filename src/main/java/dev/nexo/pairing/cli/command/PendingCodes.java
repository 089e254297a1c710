package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Api;
import dev.nexo.pairing.cli.client.ServerException;
import dev.nexo.pairing.cli.terminal.CommandException;
import jakarta.json.JsonObject;
import java.util.regex.Pattern;

/** The operator's word on a pending request, named by its code or its id. */
final class PendingCodes {

  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9-]{1,64}");

  private PendingCodes() {}

  /**
   * Approves or denies.
   *
   * @throws CommandException where there is no such request, or the server refuses
   */
  static JsonObject post(Api api, String code, String word, JsonObject body) {
    String plain = code.strip();
    if (!SHAPE.matcher(plain).matches()) {
      throw new CommandException(
          "A code is made of letters and digits, like K7M3XQ9P; nexo-pair list shows who waits");
    }
    try {
      return api.post("/pending/" + plain + "/" + word, body);
    } catch (ServerException e) {
      if (e.status() == 404) {
        throw new CommandException(
            "Nobody waits with the code "
                + plain
                + "; it may have been used or mistyped, nexo-pair list shows who waits",
            e);
      }
      throw e;
    }
  }
}
