package dev.nexo.pairing.console;

/** Tests that share one server and one browser. */
interface ConsoleExtension {

  /** What they share. */
  ConsoleWorld world();

  /** The page that the browser shows. */
  default ConsolePage page() {
    return world().page();
  }

  /** The browser. */
  default Chromium chromium() {
    return world().chromium();
  }
}
