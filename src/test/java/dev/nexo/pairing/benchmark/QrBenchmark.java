package dev.nexo.pairing.benchmark;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.Encoder;
import com.google.zxing.qrcode.encoder.QRCode;
import dev.nexo.pairing.qr.QrCode;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A setup code's text to a picture, beside ZXing's encoding of the same at the same level. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class QrBenchmark {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private String text;

  @Setup(Level.Trial)
  public void make() {
    Random random = new Random(42);
    StringBuilder payload = new StringBuilder();
    while (payload.length() < 400) {
      payload.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    text = payload.toString();
  }

  @Benchmark
  public byte[] qrPng() {
    return QrCode.of(text).png();
  }

  @Benchmark
  public String qrAnsi() {
    return QrCode.of(text).ansi(false);
  }

  @Benchmark
  public QRCode qrFloor() throws WriterException {
    return Encoder.encode(text, ErrorCorrectionLevel.L);
  }
}
