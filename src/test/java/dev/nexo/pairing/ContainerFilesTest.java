package dev.nexo.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Checks the files that the build never starts: there is no registry to pull images from. */
@DisplayName("Files for containers, Kubernetes and systemd")
class ContainerFilesTest {

  private static final Path CONTAINER = Path.of("src/main/container");
  private static final String PROGRAM = "/opt/nexo-pairing/";
  private static final Pattern VARIABLE = Pattern.compile("PAIRING_[A-Z_]+");

  private static String text(String file) throws IOException {
    return Files.readString(CONTAINER.resolve(file));
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> documents(String file) throws IOException {
    List<Map<String, Object>> found = new ArrayList<>();
    for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text(file))) {
      found.add((Map<String, Object>) document);
    }
    return found;
  }

  /** A value in nested maps and lists. */
  private static Object at(Object from, Object... path) {
    Object value = from;
    for (Object step : path) {
      value =
          step instanceof Integer index
              ? ((List<?>) value).get(index)
              : ((Map<?, ?>) value).get(step);
      assertThat(value).as("%s in %s", step, List.of(path)).isNotNull();
    }
    return value;
  }

  @Test
  @DisplayName("Each path of the program is in the archive")
  void paths() throws IOException {
    String assembly = Files.readString(Path.of("src/assembly/dist/program.xml"));
    for (String file : List.of("Containerfile", "compose.yaml")) {
      Matcher path = Pattern.compile(PROGRAM + "([a-z]+)/([a-z-]+)").matcher(text(file));
      assertThat(path.find()).as(file).isTrue();
      do {
        assertThat(assembly)
            .containsPattern(
                path.group(2) + "</(source|destName)>\\s*<outputDirectory>" + path.group(1) + "<");
      } while (path.find());
    }
  }

  @Test
  @DisplayName("Each variable is a setting")
  void variables() throws IOException {
    String sample = Files.readString(Path.of("config/pairing.yaml"));
    Set<String> leaves =
        sample
            .lines()
            .map(line -> line.replaceAll("^[ #]*([a-z_]+):.*$", "$1"))
            .collect(Collectors.toSet());
    List<String> texts =
        List.of(
            text("compose.yaml"),
            text("kubernetes/nexo-pairing.yaml"),
            Files.readString(Path.of("src/main/deb/nexo-pairing.default")));
    Set<String> used =
        texts.stream()
            .flatMap(text -> VARIABLE.matcher(text).results().map(found -> found.group()))
            .collect(Collectors.toSet());
    assertThat(used).contains("PAIRING_STORAGE_URL", "PAIRING_OPERATOR_PASSWORD_FILE");
    used.remove("PAIRING_CONFIG");
    for (String name : used) {
      String key = name.substring("PAIRING_".length()).toLowerCase(Locale.ROOT);
      assertThat(IntStream.range(0, key.length()).filter(i -> key.charAt(i) == '_'))
          .as(name)
          .anyMatch(
              i -> leaves.contains(key.substring(0, i)) && leaves.contains(key.substring(i + 1)));
    }
  }

  @Test
  @DisplayName("Containers run without root, on a read-only file system, with secrets as files")
  void compose() throws IOException {
    Object services = at(documents("compose.yaml").get(0), "services");
    assertThat(((Map<?, ?>) services).keySet().stream().map(String::valueOf))
        .containsExactlyInAnyOrder("pairing", "nats", "postgres");
    for (String name : List.of("pairing", "nats", "postgres")) {
      Object service = at(services, name);
      assertThat(at(service, "read_only")).as(name).isEqualTo(true);
      assertThat(at(service, "cap_drop")).as(name).isEqualTo(List.of("ALL"));
      assertThat(at(service, "security_opt"))
          .as(name)
          .asString()
          .contains("no-new-privileges:true");
      assertThat(at(service, "user")).as(name).asString().doesNotStartWith("0");
      assertThat(at(service, "secrets")).as(name).isInstanceOf(List.class);
    }
    assertThat(at(services, "pairing", "environment").toString())
        .doesNotContainPattern("(PASSWORD|TOKEN)=");
    Map<?, ?> environment = (Map<?, ?>) at(services, "pairing", "environment");
    List<?> secrets = (List<?>) at(services, "pairing", "secrets");
    assertThat(
            environment.entrySet().stream()
                .filter(variable -> variable.getKey().toString().endsWith("_FILE"))
                .map(variable -> variable.getValue().toString()))
        .containsExactlyInAnyOrderElementsOf(
            secrets.stream().map(secret -> "/run/secrets/" + secret).toList());
    assertThat(at(services, "pairing", "healthcheck", "test").toString()).contains("ready");
    // Podman with runc gives a tmpfs below /run to root with mode 755.
    assertThat(at(services, "postgres", "tmpfs")).isEqualTo(List.of("/tmp"));
    assertThat(at(services, "postgres", "volumes")).asString().contains(" /run/postgresql]");
    // The server that creates the database listens on the Unix socket only.
    assertThat(at(services, "postgres", "healthcheck", "test").toString()).contains("127.0.0.1");
    assertThat(at(services, "pairing", "ports").toString()).contains("127.0.0.1:9080:9080");
  }

  @Test
  @DisplayName("Kubernetes probes the health checks and drops all privileges")
  void kubernetes() throws IOException {
    List<Map<String, Object>> documents = documents("kubernetes/nexo-pairing.yaml");
    assertThat(documents.stream().map(one -> one.get("kind")))
        .containsExactly("Service", "StatefulSet");
    Object pod = at(documents.get(1), "spec", "template", "spec");
    assertThat(at(pod, "securityContext", "runAsNonRoot")).isEqualTo(true);
    // By default each start gives the group access to the key file, which the server then refuses.
    assertThat(at(pod, "securityContext", "fsGroupChangePolicy")).isEqualTo("OnRootMismatch");
    Object container = at(pod, "containers", 0);
    // For an image without a tag, Kubernetes otherwise asks the registry at each start.
    assertThat(at(container, "imagePullPolicy")).isEqualTo("IfNotPresent");
    assertThat(at(container, "securityContext", "readOnlyRootFilesystem")).isEqualTo(true);
    assertThat(at(container, "securityContext", "allowPrivilegeEscalation")).isEqualTo(false);
    assertThat(
            Stream.of("startupProbe", "readinessProbe", "livenessProbe")
                .map(probe -> at(container, probe, "httpGet", "path")))
        .containsExactly("/health/started", "/health/ready", "/health/live");
    Set<Object> volumes =
        Stream.concat(
                ((List<?>) at(pod, "volumes")).stream().map(one -> at(one, "name")),
                ((List<?>) at(documents.get(1), "spec", "volumeClaimTemplates"))
                    .stream().map(one -> at(one, "metadata", "name")))
            .collect(Collectors.toSet());
    assertThat(
            ((List<?>) at(container, "volumeMounts"))
                .stream().map(one -> at(one, "name")).collect(Collectors.toSet()))
        .isEqualTo(volumes);
  }

  @Test
  @DisplayName("The systemd unit is hardened and starts what the package installs")
  void unit() throws IOException {
    String unit = Files.readString(Path.of("src/main/deb/nexo-pairing.service"));
    assertThat(unit.lines())
        .contains(
            "User=nexo-pairing",
            "ProtectSystem=strict",
            "NoNewPrivileges=yes",
            "StateDirectory=nexo-pairing",
            "Restart=on-failure",
            "SuccessExitStatus=143",
            "ExecStart=/usr/bin/nexo-pairing");
    assertThat(Files.readString(Path.of("pom.xml")))
        .contains(
            "<linkName>/usr/bin/nexo-pairing</linkName>",
            "<dst>/etc/nexo-pairing/pairing.yaml</dst>");
  }
}
