package dev.nexo.pairing.http.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Event stream")
class EventStreamTest {

  private final Out out = new Out();
  private final List<String> calls = new ArrayList<>();
  private final List<EventFeed.Sink> gone = new ArrayList<>();

  /** Threads that have not got round to it yet: a listener that does not read keeps them busy. */
  private final Deque<Runnable> threads = new ArrayDeque<>();

  private boolean stopping;
  private final EventStream stream =
      new EventStream(context(), this::execute, Runnable::run, gone::add);

  /** An output that writes down what it gets. */
  private static final class Out extends ServletOutputStream {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private int flushed;
    private boolean broken;

    @Override
    public boolean isReady() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(int b) throws IOException {
      if (broken) {
        throw new IOException("broken pipe");
      }
      written.write(b);
    }

    @Override
    public void flush() {
      flushed = written.size();
    }

    String sent() {
      return written.toString(UTF_8).substring(0, flushed);
    }
  }

  private void execute(Runnable work) {
    if (stopping) {
      throw new RejectedExecutionException();
    }
    threads.add(work);
  }

  private AsyncContext context() {
    ServletResponse response =
        proxy(ServletResponse.class, method -> method.equals("getOutputStream") ? out : null);
    return proxy(
        AsyncContext.class,
        method -> {
          calls.add(method);
          return method.equals("getResponse") ? response : null;
        });
  }

  private static <T> T proxy(Class<T> type, Function<String, Object> answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> answer.apply(method.getName())));
  }

  @BeforeEach
  void start() {
    stream.send("hello\n\n");
    assertThat(threads).as("before the start").isEmpty();
    stream.start();
    assertThat(out.sent()).isEqualTo("hello\n\n");
  }

  private void run() {
    while (!threads.isEmpty()) {
      threads.remove().run();
    }
  }

  private void assertEndedOnce() {
    assertThat(gone).containsExactly(stream);
    assertThat(calls).filteredOn("complete"::equals).hasSize(1);
  }

  @Test
  @DisplayName("A thread is used only while there is data to write")
  void threads() {
    stream.send("1\n\n");
    stream.send("2\n\n");
    assertThat(threads).as("one for both").hasSize(1);
    run();
    assertThat(out.sent()).isEqualTo("hello\n\n1\n\n2\n\n");
    stream.send("3\n\n");
    run();
    assertThat(out.sent()).endsWith("3\n\n");
    assertThat(gone).isEmpty();
  }

  @Test
  @DisplayName("A client that does not keep up is disconnected")
  void slowClient() {
    stream.send("x".repeat(EventStream.MAX_WAITING));
    assertThat(gone).isEmpty();
    stream.send("x");
    stream.send("x");
    assertThat(gone).as("its thread is still busy").isEmpty();
    run();
    assertThat(out.sent()).as("nothing that does not follow on").isEqualTo("hello\n\n");
    assertEndedOnce();
  }

  @Test
  @DisplayName("Data that was sent no longer counts against the limit")
  void drained() {
    for (int i = 0; i < 3; i++) {
      stream.send("x".repeat(EventStream.MAX_WAITING));
      run();
    }
    assertThat(gone).isEmpty();
  }

  @Test
  @DisplayName("A client that has disconnected is removed without an error")
  void goneClient() {
    out.broken = true;
    stream.send("1\n\n");
    run();
    stream.send("2\n\n");
    stream.end();
    run();
    assertEndedOnce();
  }

  @Test
  @DisplayName("The end is sent after the queued data")
  void endAfterQueue() {
    stream.send("1\n\n");
    stream.end();
    stream.send("too late\n\n");
    assertThat(gone).isEmpty();
    run();
    assertThat(out.sent()).isEqualTo("hello\n\n1\n\n");
    assertEndedOnce();
  }

  @Test
  @DisplayName("With nothing queued the stream ends at once")
  void endAtOnce() {
    stream.end();
    assertEndedOnce();
  }

  @Test
  @DisplayName("A second end discards what is still queued")
  void secondEnd() {
    stream.send("1\n\n");
    stream.end();
    stream.end();
    run();
    assertThat(out.sent()).isEqualTo("hello\n\n");
    assertEndedOnce();
  }

  @Test
  @DisplayName("A stopping server ends the stream without a thread")
  void stopping() {
    stopping = true;
    stream.send("1\n\n");
    assertEndedOnce();
  }
}
