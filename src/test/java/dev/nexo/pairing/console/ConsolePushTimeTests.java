package dev.nexo.pairing.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long notifications and their buttons take. */
interface ConsolePushTimeTests extends ConsolePushTests {

  int ROUNDS = 50;

  /** A bound for a busy machine; the figures are printed. */
  double MOST_MILLIS = 3_000;

  /**
   * Lets the service worker show a message, press Approve on its notification, and answer with the
   * milliseconds until all is done.
   */
  String PRESS =
      """
      new BroadcastChannel("press").onmessage = async ({ data, target }) => {
        // Workers of earlier tests, whose registrations have ended, may still run.
        if (!registration.active) return;
        try {
          const shown = [];
          const push = new PushEvent("push", { data });
          push.waitUntil = (work) => shown.push(work);
          self.dispatchEvent(push);
          await Promise.all(shown);
          const all = await registration.getNotifications();
          const notification = all.find((one) => one.actions.length);
          const work = [];
          const tap = new NotificationEvent("notificationclick", { notification, action: "approve" });
          tap.waitUntil = (one) => work.push(one);
          const start = performance.now();
          self.dispatchEvent(tap);
          await Promise.all(work);
          target.postMessage(String(performance.now() - start));
        } catch (error) {
          target.postMessage("failed: " + error);
        }
      };
      """;

  String ASK =
      "const [message, done] = arguments; const channel = new BroadcastChannel('press');"
          + "channel.onmessage = ({ data }) => { channel.close(); done(data); };"
          + "channel.postMessage(message)";

  @Test
  @Timeout(240)
  @DisplayName("A notification arrives soon after the message, and Approve on it admits at once")
  default void notificationTimes() {
    subscribe();
    inWorkers(PRESS);
    List<Double> arrivals = new ArrayList<>();
    List<Double> taps = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      String sender = "@time-" + i + ":x";
      Arrival arrival = arrival("push-time-" + i, sender);
      arrivals.add(arrival.millis());
      String message = arrival.message().toString();
      String millis = (String) chromium().driver().executeAsyncScript(ASK, message);
      taps.add(Double.valueOf(millis));
      assertThat(world().write("push-time-" + i, sender)).isEqualTo("admit");
    }
    unsubscribe();
    System.out.println(
        String.format(
            Locale.ROOT,
            "ok push: message to notification p50 %.0f ms, p95 %.0f ms; Approve to admitted p50 %.0f"
                + " ms, p95 %.0f ms; %d rounds",
            at(arrivals, 50),
            at(arrivals, 95),
            at(taps, 50),
            at(taps, 95),
            ROUNDS));
    assertThat(at(arrivals, 95)).isLessThan(MOST_MILLIS);
    assertThat(at(taps, 95)).isLessThan(MOST_MILLIS);
  }

  private static double at(List<Double> all, int percent) {
    Collections.sort(all);
    return all.get((int) Math.ceil(all.size() * percent / 100.0) - 1);
  }
}
