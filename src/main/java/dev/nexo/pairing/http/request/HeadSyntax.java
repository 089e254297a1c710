package dev.nexo.pairing.http.request;

import dev.nexo.pairing.address.IpLiteral;
import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks the syntax of a request's head: RFC 9112 (framing), RFC 9110 (header fields) and RFC 3986
 * (the target). Open Liberty accepts more than these RFCs allow. Such a request fails later in
 * JAX-RS as a server error, and a proxy may interpret it differently, which permits request
 * smuggling. Thread-safe.
 */
public final class HeadSyntax {

  private static final Set<String> PROTOCOLS = Set.of("HTTP/1.0", "HTTP/1.1", "HTTP/2.0", "HTTP/2");

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final String WEIGHT =
      "[ \\t]*;[ \\t]*[qQ]=(1(\\.0{0,9})?|0(\\.[0-9]{0,9})?|\\.[0-9]{1,9})";
  private static final String PARAMETER =
      "[ \\t]*;[ \\t]*((?![qQ]=)" + TOKEN + "=(" + TOKEN + "|\"([^\"\\\\]++|\\\\.)*+\"))?";
  private static final String SEPARATOR = "[ \\t]*,[ \\t]*";

  private static final Pattern METHOD = Pattern.compile(TOKEN);
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

  /** A host name, an address or an address in brackets, with an optional port; or nothing. */
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._~!$&'()*+,;=-]*|\\[[0-9A-Fa-f:.]+])(:[0-9]{0,5})?");

  private static final Pattern MEDIA_TYPE =
      Pattern.compile(TOKEN + "/" + TOKEN + "(" + PARAMETER + ")*+");

  private static final Pattern CHARSET =
      Pattern.compile(";[ \\t]*charset=\"?([^\";]*)", Pattern.CASE_INSENSITIVE);

  /** Media ranges; older Java clients send a bare {@code *}. */
  private static final Pattern ACCEPT = list("(" + TOKEN + "/" + TOKEN + "|\\*)");

  private static final Pattern LANGUAGES = list("[A-Za-z0-9*_-]{1,40}");

  /** The characters allowed in a path without escapes; percent signs are checked separately. */
  private static final boolean[] PATH = allowed("-._~!$&'()*+,;=:@/");

  private static final boolean[] QUERY = allowed("-._~!$&'()*+,;=:@/?");

  /** The maximum length of a list in characters, to bound the time of pattern matching. */
  private static final int MAX_LIST = 1_000;

  private HeadSyntax() {}

  private static Pattern list(String element) {
    String member = element + "(" + WEIGHT + "|" + PARAMETER + ")*+";
    return Pattern.compile("(" + member + ")?+(" + SEPARATOR + "(" + member + ")?+)*+[ \\t]*");
  }

  private static boolean[] allowed(String marks) {
    boolean[] table = new boolean[128];
    for (char c = 0; c < table.length; c++) {
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      table[c] = letter || c >= '0' && c <= '9' || marks.indexOf(c) >= 0;
    }
    return table;
  }

  /** Returns the problem with a request's head, or empty if the head is valid. */
  public static Optional<Problem> fault(HttpServletRequest request) {
    String fault = malformed(request);
    if (fault != null) {
      return Optional.of(Problem.of(ProblemType.BAD_REQUEST, fault));
    }
    String coding = request.getHeader("Content-Encoding");
    if (coding != null && !coding.isBlank() && !coding.trim().equalsIgnoreCase("identity")) {
      return Optional.of(
          Problem.of(
                  ProblemType.UNSUPPORTED_MEDIA_TYPE,
                  "Compressed bodies are not supported. Send the body without Content-Encoding.")
              .withHeader("Accept-Encoding", "identity"));
    }
    return Optional.empty();
  }

  private static String malformed(HttpServletRequest request) {
    if (!PROTOCOLS.contains(request.getProtocol())) {
      return "The protocol version must be HTTP/1.1 or HTTP/1.0.";
    }
    if (!METHOD.matcher(request.getMethod()).matches()) {
      return "The method contains invalid characters.";
    }
    String fault = target(request);
    if (fault == null) {
      fault = fields(request);
    }
    if (fault == null) {
      fault = host(request);
    }
    if (fault == null) {
      fault = framing(request);
    }
    return fault == null ? negotiation(request) : fault;
  }

  private static String target(HttpServletRequest request) {
    String path = request.getRequestURI();
    String query = request.getQueryString();
    if (!path.equals("*") && !isEncoded(path, PATH)) {
      return "The path contains an invalid character. Encode it as percent-encoded UTF-8.";
    }
    return query == null || isEncoded(query, QUERY)
        ? null
        : "The query contains an invalid character. Encode it as percent-encoded UTF-8.";
  }

  /** Returns whether a string contains only these characters and percent-encoded UTF-8. */
  private static boolean isEncoded(String raw, boolean[] characters) {
    byte[] decoded = null;
    int length = 0;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        int octet = octet(raw, i);
        if (octet < 0) {
          return false;
        }
        decoded = decoded == null ? raw.getBytes(StandardCharsets.ISO_8859_1) : decoded;
        decoded[length++] = (byte) octet;
        i += 2;
      } else if (c >= characters.length || !characters[c]) {
        return false;
      } else if (decoded != null) {
        decoded[length++] = (byte) c;
      } else {
        length++;
      }
    }
    return decoded == null || isUtf8(decoded, length);
  }

  /** Returns the octet after a percent sign, or -1. */
  private static int octet(String raw, int percent) {
    return percent + 2 < raw.length()
            && isHex(raw.charAt(percent + 1))
            && isHex(raw.charAt(percent + 2))
        ? Integer.parseInt(raw, percent + 1, percent + 3, 16)
        : -1;
  }

  private static boolean isUtf8(byte[] bytes, int length) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static boolean isHex(char c) {
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
  }

  private static String fields(HttpServletRequest request) {
    for (String name : Collections.list(request.getHeaderNames())) {
      if (!METHOD.matcher(name).matches()) {
        return "A header name contains an invalid character.";
      }
      for (String value : lines(request, name)) {
        if (value.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7f)) {
          return "The header " + name + " contains a control character.";
        }
      }
    }
    return null;
  }

  private static String host(HttpServletRequest request) {
    List<String> hosts = lines(request, "Host");
    if (hosts.size() > 1 || hosts.isEmpty() && request.getProtocol().equals("HTTP/1.1")) {
      return "The request must have exactly one Host header.";
    }
    boolean right = hosts.isEmpty() || isHost(hosts.get(0));
    return right
        ? null
        : "The Host header must be a host name or an address, with an optional port.";
  }

  private static boolean isHost(String host) {
    return HOST.matcher(host).matches()
        && (!host.startsWith("[")
            || IpLiteral.parseHost(host.substring(0, host.indexOf(']') + 1)).isPresent());
  }

  /** Rejects heads for which the end of the body is ambiguous (RFC 9112, section 6.3). */
  private static String framing(HttpServletRequest request) {
    List<String> lengths = lines(request, "Content-Length");
    List<String> codings = lines(request, "Transfer-Encoding");
    if (lengths.size() > 1 || lengths.size() == 1 && !DIGITS.matcher(lengths.get(0)).matches()) {
      return "The Content-Length header must be a single number.";
    }
    if (codings.isEmpty()) {
      return null;
    }
    if (!lengths.isEmpty()) {
      return "The request must not have both Content-Length and Transfer-Encoding.";
    }
    boolean chunked = codings.size() == 1 && codings.get(0).trim().equalsIgnoreCase("chunked");
    return chunked ? null : "The only supported Transfer-Encoding is chunked.";
  }

  private static String negotiation(HttpServletRequest request) {
    if (!allMatch(ACCEPT, lines(request, "Accept"))) {
      return "The Accept header must be a list of media types, such as application/json;q=0.8.";
    }
    if (!allMatch(LANGUAGES, lines(request, "Accept-Language"))) {
      return "The Accept-Language header must be a list of languages, such as en;q=0.8.";
    }
    List<String> types = lines(request, "Content-Type");
    return types.size() <= 1
            && allMatch(MEDIA_TYPE, types)
            && types.stream().allMatch(HeadSyntax::isCharsetKnown)
        ? null
        : "The Content-Type header must be one media type, such as application/json.";
  }

  private static boolean isCharsetKnown(String type) {
    Matcher charset = CHARSET.matcher(type);
    try {
      return !charset.find() || Charset.isSupported(charset.group(1));
    } catch (IllegalCharsetNameException e) {
      return false;
    }
  }

  private static boolean allMatch(Pattern pattern, List<String> values) {
    return values.stream()
        .allMatch(value -> value.length() <= MAX_LIST && pattern.matcher(value).matches());
  }

  private static List<String> lines(HttpServletRequest request, String name) {
    return Collections.list(request.getHeaders(name));
  }
}
