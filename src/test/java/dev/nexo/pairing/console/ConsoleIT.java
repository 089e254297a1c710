package dev.nexo.pairing.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/**
 * The console in Chromium, against the packaged server. The tests are in the interfaces, by
 * subject, and share one start of both.
 */
@DisplayName("Console in Chromium")
@Tag("slow")
@NeedsChromium
@Timeout(60)
class ConsoleIT
    implements ConsoleDecisionTests,
        ConsoleGroupTests,
        ConsoleAppearanceTests,
        ConsoleGuideTests,
        ConsoleSetupCodeTests,
        ConsoleScriptTests,
        ConsoleServingTests,
        ConsoleSignInTests,
        ConsolePendingTests,
        ConsoleQueueTests,
        ConsoleSwipeTests,
        ConsoleSearchTests,
        ConsoleLanguageTests,
        ConsolePolicyTests,
        ConsolePushTests,
        ConsolePushTimeTests {

  private static ConsoleWorld world;

  @BeforeAll
  static void start() {
    world = ConsoleWorld.started();
  }

  @AfterAll
  static void stop() {
    if (world != null) {
      world.close();
    }
  }

  @Override
  public ConsoleWorld world() {
    return world;
  }

  @BeforeEach
  void onPhone() {
    chromium().become(Chromium.Screen.PHONE, "light");
  }

  @AfterEach
  void theBrowserComplainsAboutNothing() {
    assertThat(chromium().complaints()).isEmpty();
  }
}
