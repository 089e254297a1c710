package dev.nexo.pairing.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.testing.PushReceiver;
import dev.nexo.pairing.testing.ServerClient;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Notifications on the device, by the real service worker. The push service is the test's own. */
interface ConsolePushTests extends ConsoleExtension {

  /** What the browser asks its push service for, which is on the Internet. */
  String PUSH_SERVICE =
      """
      const [endpoint, p256dh, auth] = arguments;
      let current = null;
      window.subscribed = [];
      PushManager.prototype.getSubscription = async () => current;
      PushManager.prototype.subscribe = async (options) => {
        window.subscribed.push(options.applicationServerKey.length + " " + options.userVisibleOnly);
        current = {
          endpoint,
          toJSON: () => ({ endpoint, keys: { p256dh, auth } }),
          unsubscribe: async () => { current = null; return true; },
        };
        return current;
      };
      """;

  /**
   * Presses a button of the notification about a request, as the system would, once it is shown.
   */
  String CLICK =
      """
      (async () => {
        for (let i = 0; i < 100; i++) {
          const all = await registration.getNotifications();
          const notification = all.find((one) => one.actions.length && one.data.number === %d);
          if (notification) {
            const event = new NotificationEvent("notificationclick", { notification, action: "%s" });
            event.waitUntil = () => {};
            return self.dispatchEvent(event);
          }
          await new Promise((done) => setTimeout(done, 100));
        }
      })()
      """;

  String SHOWN =
      "const done = arguments[0];"
          + "navigator.serviceWorker.getRegistration().then((one) => one.getNotifications())"
          + ".then((all) => done(all.map((one) => one.title + '|' + one.body + '|'"
          + " + one.actions.map((action) => action.title))), (e) => done(['failed: ' + e]))";

  @Test
  @DisplayName("Approve on the notification works while the console is closed")
  default void approvedOnThePhone() {
    subscribe();
    JsonObject message = requested("push-approve", "@phone:x");
    close();
    deliver(message);
    click(message, "approve");
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> assertThat(world().write("push-approve", "@phone:x")).isEqualTo("admit"));
    assertThat(act(message.getString("token"), "approve").status()).isEqualTo(401);
    page().load("notices").awaitLive();
    page()
        .until(
            "the outcome",
            () -> shown().contains("Approved #" + message.getInt("number") + "|“Ana”|"));
    unsubscribe();
  }

  @Test
  @DisplayName("Deny on the notification denies; a second press says that it is decided")
  default void deniedOnThePhone() {
    subscribe();
    JsonObject message = requested("push-deny", "@phone:y");
    deliver(message);
    page()
        .until(
            "the notification",
            () ->
                shown()
                    .contains(
                        "Request #"
                            + message.getInt("number")
                            + "|“Ana” (@phone:y)\nmatrix, account push-deny\n“Hello?”|Approve,Deny"));
    chromium().picture("notices-360-light");
    click(message, "deny");
    page()
        .until(
            "the outcome",
            () -> shown().contains("Denied #" + message.getInt("number") + "|“Ana”|"));
    assertThat(world().write("push-deny", "@phone:y")).isEqualTo("drop denied");
    deliver(message);
    page().until("the notification", () -> shown().toString().contains("Approve,Deny"));
    click(message, "approve");
    page().until("the outcome", () -> shown().toString().contains("decided already"));
    unsubscribe();
  }

  @Test
  @DisplayName("The browser accepts the manifest, and the worker caches nothing")
  default void installable() {
    page().load("pending").awaitLive();
    Map<String, Object> manifest = chromium().answer("Page.getAppManifest", Map.of());
    assertThat((List<?>) manifest.get("errors")).isEmpty();
    assertThat(String.valueOf(manifest.get("url"))).endsWith("/manifest/en.webmanifest");
    assertThat(String.valueOf(manifest.get("data"))).contains("\"standalone\"", "icon-192.png");
    subscribe();
    assertThat(
            chromium()
                .driver()
                .executeAsyncScript(
                    "caches.keys().then((keys) => arguments[0](String(keys.length)))"))
        .isEqualTo("0");
    unsubscribe();
  }

  @Test
  @DisplayName("Notifications, manifest and errors are in the operator's language")
  default void inTheOperatorsLanguage() {
    subscribe();
    try {
      String[][] languages = {
        {"de", "ltr", "Anfrage Nr. ", "Genehmigen,Ablehnen", "Diese Anfrage wartet nicht mehr."},
        {"ar", "rtl", "الطلب رقم ", "موافقة,رفض", "لم يعد هذا الطلب قيد الانتظار."}
      };
      for (String[] each : languages) {
        chromium().run("localStorage.setItem('language', arguments[0])", each[0]);
        page().load("notices");
        pushService(" PushManager.prototype.subscribe({applicationServerKey: ''});");
        chromium().with("push.js", "await module.renew(); return 'renewed'");
        page().until("the worker", () -> workerAddress().endsWith("/sw.js?lang=" + each[0]));
        assertThat(String.valueOf(chromium().answer("Page.getAppManifest", Map.of())))
            .contains("/manifest/" + each[0] + ".webmanifest", each[1]);
        String approve =
            "try { await module.post('pending/none/approve'); } catch (e) { return e.message }";
        assertThat((String) chromium().with("api.js", approve)).startsWith(each[4]);
        JsonObject message = requested("push-" + each[0], "@phone:" + each[0]);
        close();
        // As after a restart of the device.
        chromium().command("ServiceWorker.enable", Map.of());
        chromium().command("ServiceWorker.stopAllWorkers", Map.of());
        deliver(message);
        page().load("notices");
        page()
            .until(
                "the notification",
                () ->
                    shown().stream()
                        .anyMatch(one -> one.startsWith(each[2]) && one.endsWith(each[3])));
      }
    } finally {
      chromium().run("localStorage.clear()");
      page().load("notices").awaitLive();
      unsubscribe();
    }
  }

  private String workerAddress() {
    return (String)
        chromium()
            .driver()
            .executeAsyncScript(
                "const done = arguments[0]; navigator.serviceWorker.getRegistration().then((one) =>"
                    + " done((one?.installing || one?.waiting || one?.active)?.scriptURL ?? ''))");
  }

  private PushReceiver phone() {
    return world().push();
  }

  private String root() {
    return "http://127.0.0.1:" + world().server().port();
  }

  /** Turns notifications on with the button. */
  default void subscribe() {
    chromium()
        .command(
            "Browser.grantPermissions",
            Map.of("origin", root(), "permissions", List.of("notifications")));
    page().load("notices").awaitLive();
    pushService("");
    page().press("Turn on in this browser");
    page().row("This browser");
    assertThat(chromium().lines("return window.subscribed")).containsExactly("65 true");
  }

  private void pushService(String then) {
    JsonObject keys = phone().subscription("phone");
    chromium()
        .run(
            PUSH_SERVICE + then,
            keys.getString("endpoint"),
            keys.getString("p256dh"),
            keys.getString("auth"));
  }

  /** Removes what the tests of other subjects must not find. */
  default void unsubscribe() {
    for (JsonObject one : subscriptions()) {
      world().operator().delete("/notices/push/" + one.getString("id"));
    }
    chromium()
        .driver()
        .executeAsyncScript(
            "const done = arguments[0]; navigator.serviceWorker.getRegistration().then(async (one) =>"
                + " { for (const old of await one.getNotifications()) old.close();"
                + " await one.unregister(); done('') })");
  }

  private List<JsonObject> subscriptions() {
    return world()
        .operator()
        .get("/api/v1/notices/push")
        .json()
        .getJsonArray("subscriptions")
        .getValuesAs(JsonObject.class);
  }

  /**
   * What arrives at the phone.
   *
   * @param millis the time since the stranger wrote
   */
  record Arrival(JsonObject message, double millis) {}

  /** A stranger writes; returns what arrives at the phone. */
  private JsonObject requested(String account, String sender) {
    return arrival(account, sender).message();
  }

  /** A stranger writes; returns what arrives at the phone, and how soon. */
  default Arrival arrival(String account, String sender) {
    world().denyAll();
    forgetTheLastNotice();
    phone().forget();
    long start = System.nanoTime();
    world()
        .operator()
        .posted(
            "/inbound",
            Json.createObjectBuilder()
                .add("channel", ConsoleWorld.CHANNEL)
                .add("account_id", account)
                .add("sender_id", sender)
                .add("text", "Hello?")
                .add("meta", Json.createObjectBuilder().add("display_name", "Ana"))
                .build());
    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(Duration.ofSeconds(20))
        .until(() -> phone().calls().stream().anyMatch(call -> call.text().contains(sender)));
    return new Arrival(phone().last().json(), (phone().last().at() - start) / 1e6);
  }

  private void forgetTheLastNotice() {
    try (Connection database =
            DriverManager.getConnection("jdbc:sqlite:" + world().server().database());
        Statement statement = database.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 5000");
      statement.executeUpdate("UPDATE pairing_notice_plan SET planned_at = 0");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void close() {
    chromium().driver().get("about:blank");
  }

  /** Gives a decrypted message to the service worker, as the browser would. */
  private void deliver(JsonObject message) {
    chromium().command("ServiceWorker.enable", Map.of());
    // The ids of registrations count up; the others are not this origin's any more.
    for (int i = 0; i < 10; i++) {
      chromium()
          .command(
              "ServiceWorker.deliverPushMessage",
              Map.of("origin", root(), "registrationId", "" + i, "data", message.toString()));
    }
  }

  private void click(JsonObject message, String action) {
    inWorkers(CLICK.formatted(message.getInt("number"), action));
  }

  /** Runs a script in every service worker of the browser. */
  default void inWorkers(String script) {
    page().until("a worker", () -> !workers().isEmpty());
    for (String worker : workers()) {
      Map<String, Object> session =
          chromium().answer("Target.attachToTarget", Map.of("targetId", worker, "flatten", false));
      String call =
          Json.createObjectBuilder()
              .add("id", 1)
              .add("method", "Runtime.evaluate")
              .add("params", Json.createObjectBuilder().add("expression", script))
              .build()
              .toString();
      chromium()
          .command(
              "Target.sendMessageToTarget",
              Map.of("sessionId", session.get("sessionId"), "message", call));
    }
  }

  private List<String> workers() {
    return ((List<?>) chromium().answer("Target.getTargets", Map.of()).get("targetInfos"))
        .stream()
            .map(target -> (Map<?, ?>) target)
            .filter(target -> target.get("type").equals("service_worker"))
            .map(target -> (String) target.get("targetId"))
            .toList();
  }

  private List<String> shown() {
    return Chromium.texts(chromium().driver().executeAsyncScript(SHOWN));
  }

  private ServerClient.Answer act(String token, String action) {
    return world()
        .server()
        .anyone()
        .post(
            "/notices/act",
            Json.createObjectBuilder().add("token", token).add("action", action).build());
  }
}
