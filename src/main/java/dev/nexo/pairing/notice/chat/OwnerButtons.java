package dev.nexo.pairing.notice.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.codec.Base64Url;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.notice.Notice.Request;
import dev.nexo.pairing.outbox.OutboxEntry;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.spi.Reply.Button;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the buttons of a notice, and checks a button that was pressed. The data of a button is the
 * number of the request, a letter for the order, and an HMAC of the request's id and the order
 * under a random secret of the notice. The outbox keeps the secret with the owner to whom the
 * notice went. So a button is valid for this owner, for one request and one order, and until the
 * request is decided or expires. Thread-safe.
 */
@Component
class OwnerButtons {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int SECRET_BYTES = 32;
  private static final int MAC_BYTES = 16;

  /** The data of a button; at most 46 characters. */
  private static final Pattern DATA =
      Pattern.compile("np\\.([1-9][0-9]{0,17})\\.([adb])\\.([A-Za-z0-9_-]{22})");

  /** Sent notices stay in the outbox longer than their requests are pending. */
  private static final String TARGETS =
      "SELECT target FROM pairing_outbox WHERE kind = '"
          + OutboxEntry.OWNER
          + "' AND channel = ? AND account_id = ? AND sender_id = ?";

  /**
   * A button that was pressed.
   *
   * @param number the number of the request
   * @param order what to do
   * @param mac proves that a notice had this button
   */
  record Press(long number, Order order, byte[] mac) {}

  private final Database database;
  private final SecureRandom random;

  @Inject
  OwnerButtons(Database database, SecureRandom random) {
    this.database = database;
    this.random = random;
  }

  /** Returns a new secret of a notice, in base64url. */
  String secret() {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return Base64Url.encode(secret);
  }

  /** Reads the data of a button; empty if it is not a button of this module. */
  static Optional<Press> read(String data) {
    Matcher matcher = DATA.matcher(data);
    return matcher.matches()
        ? Base64Url.decode(matcher.group(3), MAC_BYTES)
            .map(mac -> new Press(Long.parseLong(matcher.group(1)), order(matcher), mac))
        : Optional.empty();
  }

  private static Order order(Matcher matcher) {
    return Arrays.stream(Order.values())
        .filter(order -> order.letter().equals(matcher.group(2)))
        .findFirst()
        .orElseThrow();
  }

  /** Makes a row of buttons for each request, labelled with its number if there are several. */
  static List<List<Button>> rows(
      List<Request> requests, String secret, Function<Order, String> labels) {
    List<List<Button>> rows = new ArrayList<>();
    for (Request request : requests) {
      List<Button> row = new ArrayList<>();
      for (Order order : Order.values()) {
        String label = labels.apply(order) + (requests.size() > 1 ? " " + request.number() : "");
        String mac = Base64Url.encode(mac(secret, request.requestId(), order));
        String data = "np." + request.number() + '.' + order.letter() + '.' + mac;
        row.add(new Button(label, data));
      }
      rows.add(row);
    }
    return rows;
  }

  /** Returns whether a notice to this owner had this button for this request. */
  boolean isValid(SenderKey owner, Press press, String requestId) {
    List<String> targets =
        database.query(statements -> statements.list(TARGETS, row -> row.getString(1), owner));
    return targets.stream()
        .map(NoticeTarget::secretIn)
        .anyMatch(
            secret -> MessageDigest.isEqual(mac(secret, requestId, press.order()), press.mac()));
  }

  private static byte[] mac(String secret, String requestId, Order order) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM));
      byte[] whole = mac.doFinal((order.letter() + ' ' + requestId).getBytes(UTF_8));
      return Arrays.copyOf(whole, MAC_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HMAC-SHA256", e);
    }
  }
}
