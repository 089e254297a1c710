package dev.nexo.pairing.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A push service on this machine and a browser behind it, which decrypts the messages with its own
 * keys (RFC 8291) by means of the JDK alone.
 */
public final class PushReceiver implements AutoCloseable {

  private static final Base64.Encoder TO = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder FROM = Base64.getUrlDecoder();

  /** A call of the push service; {@code text} is decrypted, {@code at} is in nanoseconds. */
  public record Call(
      String path,
      String authorization,
      String encoding,
      String ttl,
      byte[] body,
      String text,
      long at) {

    public JsonObject json() {
      try (var reader = Json.createReader(new ByteArrayInputStream(text.getBytes(UTF_8)))) {
        return reader.readObject();
      }
    }
  }

  private final KeyPair keys;
  private final byte[] auth = new byte[16];
  private final HttpServer server;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Queue<Integer> answers = new ArrayDeque<>();

  public PushReceiver() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      keys = generator.generateKeyPair();
      new SecureRandom().nextBytes(auth);
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::receive);
    server.start();
  }

  private void receive(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String text;
    try {
      text = decrypt((ECPrivateKey) keys.getPrivate(), point(keys), auth, body);
    } catch (GeneralSecurityException | RuntimeException e) {
      text = "not decrypted: " + e;
    }
    calls.add(
        new Call(
            exchange.getRequestURI().getPath(),
            exchange.getRequestHeaders().getFirst("Authorization"),
            exchange.getRequestHeaders().getFirst("Content-Encoding"),
            exchange.getRequestHeaders().getFirst("TTL"),
            body,
            text,
            System.nanoTime()));
    int status;
    synchronized (answers) {
      status = answers.isEmpty() ? 201 : answers.remove();
    }
    if (status == 302) {
      exchange.getResponseHeaders().set("Location", origin() + "/redirected");
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  /** The origin of the push service. */
  public String origin() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** A subscription of this browser, as it is sent to {@code POST /notices/push}. */
  public JsonObject subscription(String name) {
    return Json.createObjectBuilder()
        .add("endpoint", origin() + "/push/" + name)
        .add("p256dh", TO.encodeToString(point(keys)))
        .add("auth", TO.encodeToString(auth))
        .add("label", name)
        .build();
  }

  /** The next answers; then 201. */
  public void answering(Integer... statuses) {
    synchronized (answers) {
      answers.addAll(Arrays.asList(statuses));
    }
  }

  /** The calls so far, oldest first. */
  public List<Call> calls() {
    return calls;
  }

  /** The last call. */
  public Call last() {
    return calls.get(calls.size() - 1);
  }

  /** Forgets the calls. */
  public void forget() {
    calls.clear();
  }

  /**
   * The claims of a call's token (RFC 8292), if its signature is right.
   *
   * @param publicKey the key that the server tells browsers
   */
  public static JsonObject claims(Call call, String publicKey) throws GeneralSecurityException {
    String header = call.authorization();
    if (!header.startsWith("vapid t=") || !header.endsWith("k=" + publicKey)) {
      throw new GeneralSecurityException("not of this key: " + header);
    }
    String[] token = header.substring("vapid t=".length()).split("[,.]");
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initVerify(publicKey(FROM.decode(publicKey)));
    signature.update((token[0] + "." + token[1]).getBytes(US_ASCII));
    if (!signature.verify(FROM.decode(token[2].strip()))) {
      throw new GeneralSecurityException("wrong signature");
    }
    try (var reader = Json.createReader(new ByteArrayInputStream(FROM.decode(token[1])))) {
      return reader.readObject();
    }
  }

  /** Decrypts one message of RFC 8291, which has one record (RFC 8188). */
  public static String decrypt(ECPrivateKey privateKey, byte[] own, byte[] auth, byte[] message)
      throws GeneralSecurityException {
    ByteBuffer buffer = ByteBuffer.wrap(message);
    byte[] salt = new byte[16];
    buffer.get(salt).getInt();
    byte[] sender = new byte[buffer.get() & 0xff];
    buffer.get(sender);
    byte[] record = new byte[buffer.remaining()];
    buffer.get(record);

    KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(privateKey);
    agreement.doPhase(publicKey(sender), true);
    byte[] info = join("WebPush: info\0".getBytes(US_ASCII), own, sender);
    byte[] ikm = hkdf(auth, agreement.generateSecret(), info, 32);
    byte[] key = hkdf(salt, ikm, "Content-Encoding: aes128gcm\0".getBytes(US_ASCII), 16);
    byte[] nonce = hkdf(salt, ikm, "Content-Encoding: nonce\0".getBytes(US_ASCII), 12);

    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
    byte[] padded = cipher.doFinal(record);
    int end = padded.length - 1;
    while (padded[end] == 0) {
      end--;
    }
    if (padded[end] != 2) {
      throw new GeneralSecurityException("not the last record");
    }
    return new String(padded, 0, end, UTF_8);
  }

  private static byte[] hkdf(byte[] salt, byte[] secret, byte[] info, int length)
      throws GeneralSecurityException {
    byte[] extracted = mac(salt, secret);
    return Arrays.copyOf(mac(extracted, join(info, new byte[] {1})), length);
  }

  private static byte[] mac(byte[] key, byte[] message) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(message);
  }

  private static byte[] join(byte[]... parts) {
    ByteBuffer joined = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(p -> p.length).sum());
    Arrays.stream(parts).forEach(joined::put);
    return joined.array();
  }

  private static ECParameterSpec curve() throws GeneralSecurityException {
    AlgorithmParameters named = AlgorithmParameters.getInstance("EC");
    named.init(new ECGenParameterSpec("secp256r1"));
    return named.getParameterSpec(ECParameterSpec.class);
  }

  private static ECPublicKey publicKey(byte[] point) throws GeneralSecurityException {
    BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, 33));
    BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, 33, 65));
    return (ECPublicKey)
        KeyFactory.getInstance("EC")
            .generatePublic(new ECPublicKeySpec(new ECPoint(x, y), curve()));
  }

  private static byte[] point(KeyPair keys) {
    ECPoint point = ((ECPublicKey) keys.getPublic()).getW();
    return join(new byte[] {4}, fixed(point.getAffineX()), fixed(point.getAffineY()));
  }

  private static byte[] fixed(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[32];
    int length = Math.min(32, bytes.length);
    System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
    return fixed;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
