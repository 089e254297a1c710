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
 * What {@code POST /setup-codes} asks for.
 *
 * @param wanted the setup code; what is allowed in it, the store judges
 * @param sendTo who is to get it as a picture, or null
 * @param forms the forms of the QR code in the answer; the only one where it is the whole answer
 * @param inverted whether the ANSI form is light on dark
 */
record SetupCodeBody(
    SetupCodeRequest wanted, Receiver sendTo, Set<QrFormat> forms, boolean inverted) {

  /** The longest URL that is taken. How it stands in a setup code, the store judges. */
  static final int MAX_URL = 500;

  /**
   * Who is to get a setup code.
   *
   * @param account the operator's account to send from
   * @param to the receiver as the operator wrote it, trimmed
   */
  record Receiver(ChannelAccount account, String to) {}

  /**
   * Reads a request that is answered in JSON.
   *
   * @throws ProblemException a 400 that names everything that is wrong
   */
  static SetupCodeBody inJson(HttpServletRequest request, UriInfo uri) {
    QueryFields query = new QueryFields(uri);
    return read(request, query, forms(query));
  }

  /** Reads a request that is answered by the QR code itself. */
  static SetupCodeBody asPicture(HttpServletRequest request, UriInfo uri, QrFormat form) {
    QueryFields query = new QueryFields(uri);
    if (query.text("qr") != null) {
      query.violations().add("qr", "must be left out where the answer is the QR code itself");
    }
    return read(request, query, EnumSet.of(form));
  }

  private static SetupCodeBody read(
      HttpServletRequest request, QueryFields query, Set<QrFormat> forms) {
    boolean inverted = query.flag("invert");
    if (inverted && !forms.contains(QrFormat.ANSI)) {
      query.violations().add("invert", "is for the ANSI form alone");
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
