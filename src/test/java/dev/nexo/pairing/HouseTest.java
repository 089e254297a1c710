package dev.nexo.pairing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The table of rooms, held to the code. */
@AnalyzeClasses(packages = "dev.nexo.pairing", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {

  private static final String ROOT = "dev.nexo.pairing";

  /** Which rooms a room may use besides itself; "" is the root. */
  private static final Map<String, List<String>> ROOMS = new LinkedHashMap<>();

  static {
    ROOMS.put("", List.of());
    ROOMS.put("spi", List.of(""));
    ROOMS.put("config", List.of());
    ROOMS.put("codec", List.of(""));
    ROOMS.put("store", List.of("", "config"));
    ROOMS.put("gate", List.of("", "spi", "config", "store"));
    ROOMS.put("channel", List.of("", "spi", "config", "store"));
    ROOMS.put("intake", List.of("", "spi", "config", "channel"));
    ROOMS.put("setupcode", List.of("", "config", "codec", "store"));
    ROOMS.put("session", List.of("", "config", "codec", "store", "setupcode"));
    ROOMS.put("guard", List.of(""));
    ROOMS.put("qr", List.of());
    ROOMS.put("http", List.of("", "config", "qr"));
    ROOMS.put("ws", List.of("", "config"));
    ROOMS.put("telemetry", List.of("", "config"));
    ROOMS.put("cli", List.of("", "codec", "qr"));
  }

  private static String roomOf(JavaClass type) {
    String name = type.getPackageName();
    if (!name.startsWith(ROOT)) {
      return null;
    }
    String[] parts = name.substring(ROOT.length()).split("\\.");
    return parts.length < 2 ? "" : parts[1];
  }

  private static DescribedPredicate<JavaClass> room(String name) {
    return describe("room " + name, type -> name.equals(roomOf(type)));
  }

  @ArchTest
  static void roomsUseOnlyWhatTheTableSays(com.tngtech.archunit.core.domain.JavaClasses house) {
    ROOMS.forEach(
        (name, allowed) ->
            noClasses()
                .that(room(name))
                .should()
                .dependOnClassesThat(
                    describe(
                        "are in a room that "
                            + (name.isEmpty() ? "the root" : name)
                            + " may not use",
                        type ->
                            roomOf(type) != null
                                && !roomOf(type).equals(name)
                                && !allowed.contains(roomOf(type))))
                .because("data goes one way through the house")
                .allowEmptyShould(true)
                .check(house));
  }

  @ArchTest
  static final ArchRule everyRoomIsInTheTable =
      noClasses()
          .that(
              describe(
                  "are in no room of the table",
                  (JavaClass type) -> !ROOMS.containsKey(roomOf(type))))
          .should()
          .bePublic()
          .orShould()
          .notBePublic()
          .because("a room nobody planned is a room nobody finds")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("dev.nexo.pairing.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theRootNeedsTheJdkAlone =
      classes()
          .that()
          .resideInAnyPackage(ROOT, ROOT + ".spi")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", ROOT, ROOT + ".spi")
          .because("an adapter compiles against the api jar and nothing else");

  private static ArchRule only(String library, String why, String... rooms) {
    String[] packages = new String[rooms.length];
    for (int i = 0; i < rooms.length; i++) {
      packages[i] = ROOT + "." + rooms[i] + "..";
    }
    return noClasses()
        .that()
        .resideOutsideOfPackages(packages)
        .should()
        .dependOnClassesThat(resideInAPackage(library))
        .because(why);
  }

  @ArchTest
  static final ArchRule jpa =
      only("jakarta.persistence..", "rows stay behind the store", "store", "session", "setupcode");

  @ArchTest
  static final ArchRule hibernate =
      only("org.hibernate..", "rows stay behind the store", "store", "session", "setupcode");

  @ArchTest
  static final ArchRule jaxRs =
      only("jakarta.ws.rs..", "the module works without HTTP", "http", "guard");

  @ArchTest
  static final ArchRule webSocket =
      only("jakarta.websocket..", "what a container gets wrong is put right in one place", "ws");

  @ArchTest
  static final ArchRule nats =
      only("io.nats..", "a broker is a means of delivery", "channel.broker");

  @ArchTest
  static final ArchRule zxing = only("com.google.zxing..", "one room draws QR codes", "qr");

  @ArchTest
  static final ArchRule csv =
      only("org.apache.commons..", "it is in the jar of the command line alone", "cli.importer");

  @ArchTest
  static final ArchRule picocli =
      only("picocli..", "it is in the jar of the command line alone", "cli");

  @ArchTest
  static final ArchRule configuration =
      only("org.eclipse.microprofile.config..", "settings are records to everybody else", "config");

  @ArchTest
  static final ArchRule yaml =
      only("org.yaml..", "settings are records to everybody else", "config", "http");

  @ArchTest
  static final ArchRule metrics =
      only("org.eclipse.microprofile.metrics..", "monitoring observes", "telemetry");

  @ArchTest
  static final ArchRule health =
      only("org.eclipse.microprofile.health..", "monitoring observes", "telemetry");

  @ArchTest
  static final ArchRule nobodyImportsTelemetry =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".telemetry..")
          .should()
          .dependOnClassesThat(resideInAPackage(ROOT + ".telemetry.."))
          .because("notices go out as events");

  @ArchTest
  static final ArchRule timeComesFromConfig =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".config..")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .callConstructor(SecureRandom.class)
          .because("tests move the clock and never sleep");

  @ArchTest
  static final ArchRule onlyVerifyingMakesVerifiedClaims =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".codec..")
          .should()
          .callConstructorWhere(
              describe(
                  "makes verified claims",
                  call -> call.getTargetOwner().isEquivalentTo(VerifiedClaims.class)))
          .because("having them is the proof that a signature was found right");

  @ArchTest
  static final ArchRule noMutableStatics =
      fields()
          .that()
          .areStatic()
          .and(
              describe(
                  "not made by the compiler",
                  field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC)))
          .should()
          .beFinal()
          .because("several modules of one server share a class, and tests share a machine");

  @ArchTest
  static final ArchRule names =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Impl")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Dto")
          .because("a name says what a thing is");
}
