package dev.nexo.pairing.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium, headless, with a profile of its own. Nothing is looked for on the network. */
final class Chromium implements AutoCloseable {

  /** A size of screen, and whether fingers use it. */
  enum Screen {
    PHONE(360, 800),
    WIDE(1280, 800);

    final int width;
    final int height;

    Screen(int width, int height) {
      this.width = width;
      this.height = height;
    }
  }

  private static final Path PROGRAM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Path PICTURES = Path.of("target/screenshots");

  private final ChromeDriver driver;

  /** Starts it. */
  Chromium() {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(PROGRAM.toFile());
    options.addArguments(
        "--headless",
        "--hide-scrollbars",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--lang=en-GB");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(DRIVER.toFile())
            .usingAnyFreePort()
            .build();
    driver = new ChromeDriver(service, options);
    driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(10));
    try {
      Files.createDirectories(PICTURES.resolve("guide"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean isHere() {
    return Files.isExecutable(PROGRAM) && Files.isExecutable(DRIVER);
  }

  ChromeDriver driver() {
    return driver;
  }

  /** Makes the window this large, in this scheme. */
  void become(Screen screen, String scheme) {
    resize(screen.width, screen.height, 1, screen == Screen.PHONE);
    command(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", scheme),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  private void resize(int width, int height, int scale, boolean mobile) {
    command(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", scale, "mobile", mobile));
  }

  /** Sends a command of the Chrome DevTools Protocol. */
  void command(String name, Map<String, Object> parameters) {
    driver.executeCdpCommand(name, parameters);
  }

  /** Sends a command of the Chrome DevTools Protocol that has an answer. */
  Map<String, Object> answer(String name, Map<String, Object> parameters) {
    return driver.executeCdpCommand(name, parameters);
  }

  /** Keeps a picture of what the window shows. */
  void picture(String name) {
    try {
      Files.write(PICTURES.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes a screenshot for a guide, with two pixels per CSS pixel. */
  void guidePicture(String name, int width, int height) {
    resize(width, height, 2, width < Screen.WIDE.width / 2);
    picture("guide/" + name);
  }

  /** Takes a screenshot of a page for the guide to the console, with one pixel per CSS pixel. */
  void pagePicture(String name, int height) {
    resize(1240, height, 1, false);
    picture("guide/page-" + name);
  }

  /** Runs a function body in the page, for what it does or for an element or null. */
  Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Runs a function body in the page that returns a text. */
  String text(String script, Object... arguments) {
    return (String) run(script, arguments);
  }

  /** Runs a function body in the page that returns a whole number. */
  long count(String script, Object... arguments) {
    return (Long) run(script, arguments);
  }

  /** Runs a function body in the page that returns true or false. */
  boolean holds(String script, Object... arguments) {
    return (Boolean) run(script, arguments);
  }

  /** Runs a function body in the page that returns a list of texts. */
  List<String> lines(String script, Object... arguments) {
    return texts(run(script, arguments));
  }

  /** A list of texts that came out of a page. */
  static List<String> texts(Object list) {
    return ((List<?>) list).stream().map(String.class::cast).toList();
  }

  /**
   * Runs the body of an asynchronous function that has a module of the console's as {@code module}
   * and the arguments as {@code args}.
   */
  Object with(String path, String body, Object... arguments) {
    String script =
        "const args = [...arguments]; const done = args.pop();"
            + "import('/js/"
            + path
            + "').then(async (module) => { "
            + body
            + " }).then(done, (error) => done('failed: ' + error))";
    return driver.executeAsyncScript(script, arguments);
  }

  /**
   * Opens a tab that emulates a phone. After touches in one tab, Chromium can ignore later touches
   * there, so tests with touches use tabs of their own.
   *
   * @return the tab that was shown before
   */
  String openTab() {
    String before = driver.getWindowHandle();
    driver.switchTo().newWindow(WindowType.TAB);
    become(Screen.PHONE, "light");
    return before;
  }

  /** Closes the tab that is shown, and shows another one. */
  void closeTab(String next) {
    driver.close();
    driver.switchTo().window(next);
  }

  /** Presses a key, or several one after the other, wherever the focus is. */
  void press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  /** Presses Tab until the focus is on a control with this text; fails after a round of them. */
  void tabTo(String text) {
    for (int i = 0; i < 60; i++) {
      press(Keys.TAB);
      String focused = text("return document.activeElement.textContent.trim()");
      if (focused.equals(text)) {
        return;
      }
    }
    throw new AssertionError("The keyboard does not get to \"" + text + '"');
  }

  /** What the browser complained about since it was asked last; refused requests are none. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .filter(message -> !message.contains("Failed to load resource"))
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
