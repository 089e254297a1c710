package dev.nexo.pairing.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Rectangle;
import org.openqa.selenium.WebElement;

/** Swipes with a finger on the rows of the queue, as Chromium emulates them. */
interface ConsoleSwipeTests extends ConsoleExtension {

  @Test
  @DisplayName("A swipe to the right approves, one to the left denies, and Undo undoes both")
  default void swipeDecides() {
    String first = chromium().openTab();
    try {
      page().load("pending").awaitLive();
      world().write("swipe", "@right");
      world().write("swipe", "@left");
      page().row("@left");
      swipe("@right", 200, 0);
      page().awaitText(".toasts", "Approved @right");
      page().awaitNoRow("@right");
      assertThat(world().write("swipe", "@right")).isEqualTo("admit");
      page().press("Undo");
      page().awaitText(".toasts", "@right is pending again");
      assertThat(world().write("swipe", "@right")).isEqualTo("challenge");
      page().row("@right");
      swipe("@left", -200, 0);
      page().awaitText(".toasts", "Denied @left");
      assertThat(world().write("swipe", "@left")).isEqualTo("drop denied");
      page().press("Undo");
      page().awaitText(".toasts", "@left is pending again");
      page().row("@left");
    } finally {
      chromium().closeTab(first);
      world().denyAll();
    }
  }

  /** Chromium does not end the emulation of two fingers, so that the second one is an event. */
  String SECOND_FINGER =
      "arguments[0].dispatchEvent(new PointerEvent('pointerdown',"
          + " {pointerId: 99, pointerType: 'touch', isPrimary: false}))";

  @Test
  @DisplayName("A short, vertical or interrupted swipe decides nothing, and the page scrolls")
  default void swipeDecidesNothing() {
    String first = chromium().openTab();
    try {
      page().load("pending").awaitLive();
      for (int i = 0; i < 4; i++) {
        // An account has three pending requests at most.
        world().write("swipe-" + i, "@still-" + i);
      }
      page().row("@still-3");
      swipe("@still-0", 60, 0);
      swipe("@still-0", -60, 0);
      // There and back again.
      touch("touchStart", at("@still-0", 0, 0));
      touch("touchMove", at("@still-0", 150, 0));
      page().find(By.cssSelector(".cue.armed"));
      chromium().picture("swipe-360-light");
      touch("touchMove", at("@still-0", 20, 0));
      touch("touchEnd");
      touch("touchStart", at("@still-0", 0, 0));
      touch("touchMove", at("@still-0", 150, 0));
      chromium().run(SECOND_FINGER, page().row("@still-0"));
      touch("touchEnd");
      // A finger on another row.
      touch("touchStart", at("@still-0", 0, 0));
      touch("touchMove", at("@still-0", 150, 0));
      chromium().run(SECOND_FINGER, page().row("@still-1"));
      touch("touchEnd");
      // Sideways first, then up.
      touch("touchStart", at("@still-0", -90, 0));
      touch("touchMove", at("@still-0", -60, -4));
      touch("touchMove", at("@still-0", 0, -90));
      touch("touchMove", at("@still-0", 60, -200));
      touch("touchEnd");
      // From the edge, which the system uses.
      int y = at("@still-0", 0, 0).y();
      touch("touchStart", new Point(8, y));
      touch("touchMove", new Point(120, y));
      touch("touchMove", new Point(250, y));
      touch("touchEnd");
      page().awaitNo(".cue:not([hidden])");
      chromium().run("window.scrollTo(0, 0)");
      swipe("@still-1", 30, -220);
      page().until("scrolled", () -> chromium().holds("return window.scrollY > 100"));
      assertThat(world().audit("swipe-0"))
          .extracting(line -> line.getString("action"))
          .containsOnly("challenged");
    } finally {
      chromium().closeTab(first);
      world().denyAll();
    }
  }

  @Test
  @DisplayName("From right to left, the same swipe does the same, and says so in that language")
  default void swipeRightToLeft() {
    String first = chromium().openTab();
    try {
      page().load("pending");
      chromium().run("localStorage.setItem('language', 'ar')");
      for (String motion : List.of("reduce", "no-preference")) {
        page().load("pending");
        String sender = "@" + motion;
        world().write("swipe", sender);
        page().row(sender);
        motion(motion);
        Point from = settled(sender, -20);
        touch("touchStart", from);
        touch("touchMove", new Point(from.x + 60, from.y));
        touch("touchMove", new Point(from.x + 150, from.y));
        chromium().picture("swipe-360-ar-" + motion);
        WebElement cue = page().find(By.cssSelector(".cue.armed"));
        assertThat(cue.getText()).isEqualTo(approveLabel(sender));
        boolean moves =
            chromium()
                .holds(
                    "return getComputedStyle(document.querySelector('.request .who')).translate"
                        + " !== 'none'");
        assertThat(moves).isEqualTo(motion.equals("no-preference"));
        touch("touchEnd");
        page().awaitNoRow(sender);
        assertThat(world().write("swipe", sender)).isEqualTo("admit");
      }
    } finally {
      chromium().run("localStorage.clear()");
      chromium().closeTab(first);
      world().denyAll();
    }
  }

  private String approveLabel(String sender) {
    return page().row(sender).findElement(By.cssSelector(".verdict .main")).getText();
  }

  private void motion(String preference) {
    chromium()
        .command(
            "Emulation.setEmulatedMedia",
            Map.of(
                "features",
                List.of(Map.of("name", "prefers-reduced-motion", "value", preference))));
  }

  /** Where a finger is. */
  record Point(int x, int y) {}

  /** A point beside the middle of a row's text, in the window. */
  private Point at(String row, int dx, int dy) {
    WebElement who = page().row(row).findElement(By.cssSelector(".said, .who"));
    Rectangle box = page().row(row).getRect();
    long scrolled = chromium().count("return Math.round(window.scrollY)");
    int y = (int) (who.getLocation().y + who.getSize().height / 2 - scrolled);
    return new Point(box.x + box.width / 2 - 20 + dx, y + dy);
  }

  /** A point in a row, which is in the middle of the window and does not move any more. */
  private Point settled(String row, int dx) {
    page().awaitNo("[data-settling]");
    chromium().run("arguments[0].scrollIntoView({block: 'center'})", page().row(row));
    return at(row, dx, 0);
  }

  private void swipe(String row, int dx, int dy) {
    Point from = settled(row, dx > 0 ? -90 : 90);
    touch("touchStart", from);
    for (int step = 1; step <= 8; step++) {
      touch("touchMove", new Point(from.x + dx * step / 8, from.y + dy * step / 8));
    }
    touch("touchEnd");
  }

  private void touch(String type, Point... points) {
    List<Map<String, Integer>> all =
        Stream.of(points).map(point -> Map.of("x", point.x, "y", point.y)).toList();
    chromium().command("Input.dispatchTouchEvent", Map.of("type", type, "touchPoints", all));
  }
}
