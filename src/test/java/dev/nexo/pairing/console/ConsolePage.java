package dev.nexo.pairing.console;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.FluentWait;
import org.openqa.selenium.support.ui.Select;

/** The console as a user sees it: by headings, labels, rows and button texts. */
final class ConsolePage {

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(50);

  private final Chromium chromium;
  private final String root;

  ConsolePage(Chromium chromium, int port) {
    this.chromium = chromium;
    this.root = "http://127.0.0.1:" + port + "/";
  }

  /** Reloads the page at this view. */
  ConsolePage load(String view) {
    chromium.driver().get("about:blank");
    chromium.driver().get(root + "#/" + view);
    return this;
  }

  /** Goes to a view as a link in the page would. */
  ConsolePage go(String view) {
    chromium.run("window.location.hash = '#/' + arguments[0]", view);
    until("the view " + view, () -> view.startsWith(shownView()));
    return this;
  }

  private String shownView() {
    return chromium.text(
        "return document.querySelector('main > section')?.dataset.view ?? 'no view'");
  }

  /** Signs in with this password. */
  ConsolePage signIn(String password) {
    WebElement field = find(By.cssSelector("input[type=password]"));
    field.clear();
    field.sendKeys(password);
    field.submit();
    return this;
  }

  boolean isSignedIn() {
    return chromium.holds("return !document.getElementById('shell').hidden");
  }

  /** Waits until it says that it is live. */
  ConsolePage awaitLive() {
    return awaitText("#live", "Live");
  }

  /** Waits until the first element that a selector finds has this in its text. */
  ConsolePage awaitText(String selector, String text) {
    until(selector + " with \"" + text + '"', () -> text(selector).contains(text));
    return this;
  }

  /** What an element says, whether or not it is to be seen; nothing where there is none. */
  String text(String selector) {
    return chromium.text(
        "return document.querySelector(arguments[0])?.textContent ?? ''", selector);
  }

  /** The row that has this in it; waits for it. */
  WebElement row(String text) {
    return until("a row with " + text, () -> rows(text).stream().findFirst().orElse(null));
  }

  /** The rows that have this in them. */
  List<WebElement> rows(String text) {
    Object rows =
        chromium.run(
            "return [...document.querySelectorAll('main li')].filter((row) =>"
                + " row.innerText.includes(arguments[0]))",
            text);
    return ((List<?>) rows).stream().map(WebElement.class::cast).toList();
  }

  /** Waits until no row has this in it. */
  void awaitNoRow(String text) {
    until("no row with " + text, () -> rows(text).isEmpty());
  }

  /** Presses a button of a row, once the rows have come to rest. */
  void press(String row, String label) {
    awaitNo("[data-settling]");
    pressWhenThere(() -> button(row(row), label));
  }

  /** Presses a button of a row until the row is gone, because rows can move. */
  void pressUntilGone(String row, String label) {
    until(
        label + " on " + row,
        () -> {
          List<WebElement> now = rows(row);
          if (now.isEmpty()) {
            return true;
          }
          click(button(now.get(0), label));
          return false;
        });
  }

  /** Presses a button that is in no row. */
  void press(String label) {
    pressWhenThere(() -> button(chromium.driver().findElement(By.tagName("body")), label));
  }

  /** Waits until a selector finds nothing. */
  void awaitNo(String selector) {
    until(
        "nothing at " + selector,
        () -> chromium.holds("return !document.querySelector(arguments[0])", selector));
  }

  private void pressWhenThere(Supplier<WebElement> button) {
    until(
        "a button to press",
        () -> {
          click(button.get());
          return true;
        });
  }

  /** Presses what has been scrolled to where no bar and no toast covers it, as a person would. */
  private void click(WebElement button) {
    chromium.run("arguments[0].scrollIntoView({block: 'center'})", button);
    button.click();
  }

  private static WebElement button(WebElement within, String label) {
    return within.findElements(By.cssSelector("button, summary, a, label")).stream()
        .filter(one -> one.isDisplayed() && one.getText().strip().equals(label))
        .reduce((first, last) -> last)
        .orElseThrow(() -> new NoSuchElementException("no button " + label));
  }

  /** Writes into the control of this label, in a dialog where there is one. */
  void fill(String label, String text) {
    WebElement field = field(label);
    field.clear();
    field.sendKeys(text);
  }

  /** Chooses an entry of the list of this label. */
  void choose(String label, String entry) {
    new Select(field(label)).selectByVisibleText(entry);
  }

  private WebElement field(String label) {
    return until(
        "a field " + label,
        () ->
            (WebElement)
                chromium.run(
                    "return [...(document.querySelector('dialog') ?? document)"
                        + ".querySelectorAll('label')].find((one) => one.checkVisibility()"
                        + " && one.textContent.trim() === arguments[0])?.control",
                    label));
  }

  /** The first element that is there and to be seen; waits for it. */
  WebElement find(By by) {
    return until(
        by.toString(),
        () ->
            chromium.driver().findElements(by).stream()
                .filter(WebElement::isDisplayed)
                .findFirst()
                .orElse(null));
  }

  /** Waits until there is something, and it is not false. */
  <T> T until(String what, Supplier<T> something) {
    return new FluentWait<>(chromium)
        .withTimeout(SOON)
        .pollingEvery(POLL)
        .ignoring(StaleElementReferenceException.class)
        .ignoring(ElementNotInteractableException.class)
        .ignoring(NoSuchElementException.class)
        .withMessage(what)
        .until(page -> something.get());
  }
}
