package dev.nexo.pairing.ws;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what a peer would get. */
final class RecordingPeer implements PairConnection.Peer {

  private final List<String> sent = new CopyOnWriteArrayList<>();
  private volatile boolean gone;
  private volatile Runnable meanwhile = () -> {};

  /** Frames, pings and closes, in order. */
  List<String> sent() {
    return List.copyOf(sent);
  }

  /** From now on, nobody takes a frame. */
  void hangUp() {
    gone = true;
  }

  /** Happens while a frame is being sent. */
  void meanwhile(Runnable what) {
    meanwhile = what;
  }

  @Override
  public void send(String frame) throws IOException {
    check();
    sent.add(frame);
    meanwhile.run();
  }

  @Override
  public void ping() throws IOException {
    check();
    sent.add("ping");
  }

  @Override
  public void close(int code, String reason) {
    sent.add(code + " " + reason);
  }

  private void check() throws IOException {
    if (gone) {
      throw new IOException("gone");
    }
  }
}
