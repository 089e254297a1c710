package dev.nexo.pairing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.nexo.pairing.companion.VerifiedClaims;
import dev.nexo.pairing.platform.PrivateFile;
import dev.nexo.pairing.platform.SimilarName;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Which package may use which, held to the code. */
@AnalyzeClasses(packages = "dev.nexo.pairing", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String ROOT = "dev.nexo.pairing";

  /** More files than this in one package are hard to survey. */
  private static final int MAX_FILES = 40;

  /** The packages of the API, and of the interfaces between packages. */
  private static final List<String> API = List.of("", "companion", "spi", "internal");

  /** Which packages a package may use besides itself and the API; "" is the root. */
  private static final Map<String, List<String>> USES = new LinkedHashMap<>();

  static {
    USES.put("", List.of());
    USES.put("companion", List.of());
    USES.put("spi", List.of());
    USES.put("internal", List.of());
    USES.put("codec", List.of());
    USES.put("qr", List.of());
    USES.put("platform", List.of());
    USES.put("problem", List.of());
    USES.put("json", List.of("problem"));
    USES.put("address", List.of("platform"));
    USES.put("message", List.of());
    USES.put("config", List.of("address", "message", "platform"));
    USES.put("database", List.of("config", "platform"));
    USES.put("store", List.of("config", "database", "json", "message", "platform"));
    USES.put("broker", List.of("config", "platform"));
    USES.put("channel", List.of("broker", "config", "json", "message", "platform"));
    USES.put("outbox", List.of("broker", "channel", "database", "message", "platform", "store"));
    USES.put(
        "notice",
        List.of("address", "codec", "config", "database", "json", "outbox", "platform", "store"));
    USES.put(
        "notice.chat",
        List.of(
            "channel",
            "codec",
            "config",
            "database",
            "json",
            "message",
            "notice",
            "outbox",
            "platform",
            "store"));
    USES.put("gate", List.of("address", "codec", "config", "database", "platform", "store"));
    USES.put(
        "intake",
        List.of("broker", "channel", "config", "held", "json", "outbox", "platform", "problem"));
    USES.put(
        "held",
        List.of("broker", "codec", "config", "database", "keys", "outbox", "platform", "store"));
    USES.put("keys", List.of("codec", "config", "database", "platform", "store"));
    USES.put(
        "setupcode",
        List.of("address", "codec", "config", "database", "keys", "platform", "store"));
    USES.put(
        "session",
        List.of("codec", "config", "database", "keys", "platform", "setupcode", "store"));
    USES.put(
        "push",
        List.of(
            "codec",
            "config",
            "database",
            "json",
            "keys",
            "notice",
            "outbox",
            "platform",
            "store"));
    USES.put("guard", List.of("problem"));
    USES.put("telemetry", List.of("platform"));
    USES.put("ws", List.of("address", "codec", "json", "platform", "problem"));
    USES.put("http.problem", List.of("platform", "problem"));
    USES.put("http.request", List.of("address", "http.problem", "json", "platform", "problem"));
    USES.put(
        "http.auth",
        List.of(
            "address",
            "codec",
            "config",
            "http.problem",
            "http.request",
            "json",
            "platform",
            "problem"));
    USES.put(
        "http.container",
        List.of(
            "address",
            "config",
            "http.auth",
            "http.problem",
            "http.request",
            "json",
            "platform",
            "problem"));
    USES.put(
        "http.console",
        List.of(
            "address",
            "codec",
            "config",
            "http.auth",
            "http.container",
            "http.problem",
            "http.request",
            "json",
            "problem"));
    USES.put(
        "http.companion", List.of("http.problem", "http.request", "json", "platform", "problem"));
    USES.put(
        "http.operator",
        List.of(
            "address",
            "config",
            "http.auth",
            "http.problem",
            "http.request",
            "json",
            "platform",
            "problem",
            "qr"));
    USES.put("http", List.of("http.problem", "problem"));
    USES.put("cli.terminal", List.of());
    USES.put("cli.client", List.of("cli.terminal", "platform"));
    USES.put("cli.command", List.of("cli.client", "cli.terminal", "platform"));
    USES.put("cli.backup", List.of("cli.client", "cli.command", "cli.terminal", "platform"));
    USES.put("cli.importer", List.of("cli.client", "cli.command", "cli.terminal"));
    USES.put("cli.companion", List.of("cli.client", "cli.terminal", "codec", "platform", "qr"));
    USES.put(
        "cli",
        List.of(
            "cli.backup",
            "cli.client",
            "cli.command",
            "cli.companion",
            "cli.importer",
            "cli.terminal"));
  }

  /** The name of a package in the table; the adapters of single channels belong to theirs. */
  private static String packageOf(JavaClass type) {
    String name = type.getPackageName();
    if (!name.equals(ROOT) && !name.startsWith(ROOT + ".")) {
      return null;
    }
    String below = name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
    return below.startsWith("channel.") ? "channel" : below;
  }

  private static boolean mayUse(String from, String to) {
    if (from.equals(to) || USES.get(from).contains(to)) {
      return true;
    }
    boolean internal = to.equals("internal");
    return API.contains(to)
        && !from.equals("qr")
        && !(internal && (API.contains(from) || from.startsWith("cli")));
  }

  @ArchTest
  static void packagesUseOnlyWhatTheTableSays(JavaClasses all) {
    USES.keySet()
        .forEach(
            from ->
                noClasses()
                    .that(describe("are in " + from, type -> from.equals(packageOf(type))))
                    .should()
                    .dependOnClassesThat(
                        describe(
                            "are in a package that " + from + " may not use",
                            type -> packageOf(type) != null && !mayUse(from, packageOf(type))))
                    .because("data flows in one direction")
                    .check(all));
  }

  @ArchTest
  static void everyPackageIsInTheTable(JavaClasses all) {
    assertThat(all.stream().map(ArchitectureTest::packageOf).distinct())
        .containsExactlyInAnyOrderElementsOf(USES.keySet());
  }

  @ArchTest
  static void noPackageIsLarge(JavaClasses all) {
    assertThat(
            all.stream()
                .filter(type -> type.getEnclosingClass().isEmpty())
                // It is documentation, and only some compilers make a class of it.
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting())))
        .allSatisfy((name, files) -> assertThat(files).isLessThanOrEqualTo(MAX_FILES));
  }

  @ArchTest
  static void simpleNamesAreUnique(JavaClasses all) {
    assertThat(
            all.stream()
                .filter(type -> type.getEnclosingClass().isEmpty())
                .map(JavaClass::getSimpleName)
                .filter(name -> !name.equals("package-info")))
        .doesNotHaveDuplicates();
  }

  @ArchTest
  static final ArchRule noCycles =
      slices()
          .assignedFrom(
              new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                  String name = packageOf(type);
                  return name == null || API.contains(name)
                      ? SliceIdentifier.ignore()
                      : SliceIdentifier.of(name);
                }

                @Override
                public String getDescription() {
                  return "packages and sub-packages";
                }
              })
          .should()
          .beFreeOfCycles();

  /** The top-level class of a class, which is the name of its file. */
  private static JavaClass fileOf(JavaClass type) {
    return type.getEnclosingClass().map(ArchitectureTest::fileOf).orElse(type);
  }

  /** A command of picocli names its subcommands, and they have it as their parent. */
  private static final Set<Set<String>> ALLOWED_CYCLES =
      Set.of(Set.of("CompanionCommand", "SessionCommand"));

  @ArchTest
  static void filesOfOnePackageFormNoCycles(JavaClasses all) {
    Map<JavaClass, Set<JavaClass>> uses = new HashMap<>();
    for (JavaClass type : all) {
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(target -> target.getPackageName().equals(type.getPackageName()))
          .map(ArchitectureTest::fileOf)
          .forEach(file -> uses.computeIfAbsent(fileOf(type), key -> new HashSet<>()).add(file));
    }
    Map<JavaClass, Set<JavaClass>> reachable = new HashMap<>();
    uses.keySet().forEach(file -> reachable.put(file, reachableFrom(file, uses)));

    Set<Set<String>> cycles = new HashSet<>();
    reachable.forEach(
        (file, targets) -> {
          Set<String> cycle =
              targets.stream()
                  .filter(target -> reachable.getOrDefault(target, Set.of()).contains(file))
                  .map(JavaClass::getSimpleName)
                  .collect(Collectors.toSet());
          if (cycle.size() > 1) {
            cycles.add(cycle);
          }
        });
    assertThat(cycles).isEqualTo(ALLOWED_CYCLES);
  }

  private static Set<JavaClass> reachableFrom(JavaClass file, Map<JavaClass, Set<JavaClass>> uses) {
    Set<JavaClass> found = new HashSet<>();
    Deque<JavaClass> open = new ArrayDeque<>(Set.of(file));
    while (!open.isEmpty()) {
      for (JavaClass target : uses.getOrDefault(open.pop(), Set.of())) {
        if (found.add(target)) {
          open.push(target);
        }
      }
    }
    return found;
  }

  /** What many classes need, and what says nothing about their purpose. */
  private static final Set<String> INFRASTRUCTURE =
      Set.of(
          "Clock",
          "Event",
          "IdSource",
          "Instance",
          "PairingEvents",
          "ScheduledExecutorService",
          "SecureRandom",
          "Ticker",
          "WorkerThreads");

  @ArchTest
  static void constructorsHaveAtMostFiveCollaborators(JavaClasses all) {
    assertThat(
            all.stream()
                .flatMap(type -> type.getConstructors().stream())
                .filter(constructor -> constructor.isAnnotatedWith(Inject.class)))
        .allSatisfy(
            constructor ->
                assertThat(constructor.getRawParameterTypes())
                    .as(constructor.getFullName())
                    .filteredOn(type -> !INFRASTRUCTURE.contains(type.getSimpleName()))
                    .hasSizeLessThanOrEqualTo(5));
  }

  @ArchTest
  static final ArchRule theApiNeedsOnlyTheJdk =
      classes()
          .that()
          .resideInAnyPackage(ROOT, ROOT + ".companion", ROOT + ".spi")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", ROOT, ROOT + ".companion", ROOT + ".spi")
          .because("an adapter compiles against the api jar and nothing else");

  private static ArchRule only(String library, String why, String... users) {
    String[] packages = new String[users.length];
    for (int i = 0; i < users.length; i++) {
      packages[i] = ROOT + "." + users[i] + "..";
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
      only(
          "jakarta.persistence..",
          "entities stay behind the stores",
          "database",
          "keys",
          "setupcode",
          "store");

  @ArchTest
  static final ArchRule hibernate =
      only(
          "org.hibernate..",
          "entities stay behind the stores",
          "database",
          "keys",
          "setupcode",
          "store");

  @ArchTest
  static final ArchRule jaxRs =
      only("jakarta.ws.rs..", "the module works without HTTP", "http", "guard");

  @ArchTest
  static final ArchRule webSocket =
      only("jakarta.websocket..", "workarounds for the container are in one place", "ws");

  @ArchTest
  static final ArchRule nats = only("io.nats..", "a broker is a means of delivery", "broker");

  @ArchTest
  static final ArchRule zxing = only("com.google.zxing..", "one package draws QR codes", "qr");

  @ArchTest
  static final ArchRule phoneNumbers =
      only("com.google.i18n..", "one adapter warns about phone numbers", "channel.whatsapp");

  @ArchTest
  static final ArchRule csv =
      only("org.apache.commons..", "it is only in the jar of the command line", "cli.importer");

  @ArchTest
  static final ArchRule picocli =
      only("picocli..", "it is only in the jar of the command line", "cli");

  @ArchTest
  static final ArchRule theCommandLineHasTwoClassesOfPlatform =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".cli..")
          .should()
          .dependOnClassesThat(
              resideInAPackage(ROOT + ".platform..")
                  .and(DescribedPredicate.not(type(PrivateFile.class)))
                  .and(DescribedPredicate.not(type(SimilarName.class))))
          .because("the jar of the command line includes no other");

  @ArchTest
  static final ArchRule configuration =
      only("org.eclipse.microprofile.config..", "other packages get settings as records", "config");

  @ArchTest
  static final ArchRule yaml =
      only("org.yaml..", "other packages get settings as records", "config", "http.console");

  @ArchTest
  static final ArchRule metrics =
      only("org.eclipse.microprofile.metrics..", "monitoring observes", "telemetry");

  @ArchTest
  static final ArchRule health =
      only("org.eclipse.microprofile.health..", "monitoring observes", "telemetry");

  @ArchTest
  static final ArchRule noPackageUsesTelemetry =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".telemetry..")
          .should()
          .dependOnClassesThat(resideInAPackage(ROOT + ".telemetry.."))
          .because("it observes events");

  @ArchTest
  static final ArchRule timeComesFromPlatform =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".platform..")
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
  static final ArchRule onlyTheCodecMakesVerifiedClaims =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".codec..")
          .should()
          .callConstructorWhere(
              describe(
                  "creates verified claims",
                  call -> call.getTargetOwner().isEquivalentTo(VerifiedClaims.class)))
          .because("an instance proves that the signature was verified");

  @ArchTest
  static final ArchRule noMutableStatics =
      fields()
          .that()
          .areStatic()
          .and(
              describe(
                  "not generated by the compiler",
                  field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC)))
          .should()
          .beFinal()
          .because("several modules of one server share a class, and tests share a machine");

  @ArchTest
  static void everyTestSaysWhatHolds(JavaClasses ignored) {
    JavaClasses tests =
        new ClassFileImporter()
            .withImportOption(new ImportOption.OnlyIncludeTests())
            .importPackages(ROOT);
    methods()
        .that(describe("are tests", ArchitectureTest::isTest))
        .should()
        .beAnnotatedWith(DisplayName.class)
        .because("a report is read without the code")
        .check(tests);
    classes()
        .that()
        .areNotInterfaces()
        .and()
        .doNotHaveModifier(JavaModifier.ABSTRACT)
        .and(
            describe(
                "have tests",
                type -> type.getAllMethods().stream().anyMatch(ArchitectureTest::isTest)))
        .should()
        .beAnnotatedWith(DisplayName.class)
        .because("a report is read without the code")
        .check(tests);
  }

  @ArchTest
  static void theTestKitNeedsOnlyTheApiAndJunit(JavaClasses ignored) {
    classes()
        .that(describe("are not our tests", type -> !fileOf(type).getName().endsWith("Test")))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            ROOT,
            ROOT + ".companion",
            ROOT + ".spi",
            ROOT + ".testkit",
            "org.junit.jupiter.api")
        .because("applications get it without the libraries of our tests")
        .check(new ClassFileImporter().importPackages(ROOT + ".testkit"));
  }

  private static boolean isTest(JavaMethod method) {
    return method.isAnnotatedWith(Test.class)
        || method.isAnnotatedWith(ParameterizedTest.class)
        || method.isAnnotatedWith(RepeatedTest.class);
  }

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
          .because("a name says what the class does");
}
