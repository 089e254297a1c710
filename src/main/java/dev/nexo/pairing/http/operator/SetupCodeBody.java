package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.companion.SetupCodeIssuer;
import dev.nexo.pairing.companion.SetupCodeRequest;
import dev.nexo.pairing.http.request.JsonBody;
import dev.nexo.pairing.http.request.QueryFields;
import dev.nexo.pairing.json.JsonFields;
import dev.nexo.pairing.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * The body and the parameters of {@code POST /setup-codes}.
 *
 * @param wanted the requested setup code; the store checks its values
 * @param sendTo who receives it as an image, or null
 * @param forms the forms of the QR code in the response; exactly one if it is the whole response
 * @param inverted whether the ANSI form is light on dark
 */
record SetupCodeBody(
    SetupCodeRequest wanted, Receiver sendTo, Set<QrFormat> forms, boolean inverted) {

  /** The maximum length of a URL in characters, before the store checks and normalizes it. */
  static final int MAX_URL = 500;

  /**
   * The recipient of a setup code.
   *
   * @param account the bot's account that sends it
   * @param to the sender id of the recipient as the operator wrote it, trimmed
   */
  record Receiver(ChannelAccount account, String to) {}

  /**
   * Reads a request for a response in JSON.
   *
   * @throws ProblemException a 400 that names all violations
   */
  static SetupCodeBody inJson(HttpServletRequest request, UriInfo uri) {
    QueryFields query = new QueryFields(uri);
    return read(request, query, forms(query));
  }

  /** Reads a request for a response that is the QR code itself. */
  static SetupCodeBody asPicture(HttpServletRequest request, UriInfo uri, QrFormat form) {
    QueryFields query = new QueryFields(uri);
    if (query.text("qr") != null) {
      query.violations().add("qr", "must be left out if the response is the QR code itself");
    }
    return read(request, query, EnumSet.of(form));
  }

  private static SetupCodeBody read(
      HttpServletRequest request, QueryFields query, Set<QrFormat> forms) {
    boolean inverted = query.flag("invert");
    if (inverted && !forms.contains(QrFormat.ANSI)) {
      query.violations().add("invert", "must be left out unless the ANSI form is requested");
    }
    JsonFields fields = JsonBody.readOptional(request, query);
    SetupCodeRequest wanted = wanted(fields);
    Receiver sendTo = receiver(fields.part("send_to"));
    fields.end();
    return new SetupCodeBody(wanted, sendTo, forms, inverted);
  }

  private static SetupCodeRequest wanted(JsonFields fields) {
    String deviceLabel = fields.text("device_label", SetupCodeIssuer.MAX_DEVICE_LABEL);
    String publicUrl = fields.text("public_url", MAX_URL);
    Long ttl =
        fields.wholeNumber(
            "ttl_secs", SetupCodeIssuer.MIN_TTL.toSeconds(), SetupCodeIssuer.MAX_TTL.toSeconds());
    String profile = fields.text("profile");
    return new SetupCodeRequest(
        deviceLabel, publicUrl, ttl == null ? null : Duration.ofSeconds(ttl), profile);
  }

  private static Receiver receiver(JsonFields fields) {
    if (fields == null) {
      return null;
    }
    ChannelAccount account = fields.account();
    String to = fields.violations().sender("to", fields.requiredText("to"));
    return new Receiver(account, to);
  }

  private static Set<QrFormat> forms(QueryFields query) {
    Set<QrFormat> forms = EnumSet.noneOf(QrFormat.class);
    String list = query.text("qr");
    for (String word : list == null ? new String[0] : list.split(",", -1)) {
      if (QrFormat.parse(word).filter(forms::add).isEmpty()) {
        query
            .violations()
            .add("qr", "must be svg, ansi and png, separated by commas, each at most once");
        return forms;
      }
    }
    return forms;
  }
}
