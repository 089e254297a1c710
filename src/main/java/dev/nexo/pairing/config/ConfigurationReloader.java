package dev.nexo.pairing.config;

import dev.nexo.pairing.config.LiveSettings.State;
import dev.nexo.pairing.config.SettingKey.Activation;
import dev.nexo.pairing.internal.DoctorCheck;
import dev.nexo.pairing.internal.DoctorMessage;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.platform.Component;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Reads the configuration again when its files change. Every 2 s it compares the content of {@code
 * pairing.yaml} and of the files of channel accounts' passwords with what was read last. If the
 * content is another one, and the same in two consecutive comparisons, so that no half-written file
 * is used, it validates the whole configuration as at the start.
 *
 * <p>If the configuration is valid, the settings in {@link LiveSettings} are replaced at once, and
 * the other ones that have changed are reported: they become active with the next start. If it is
 * invalid, or a file has gone or has become empty, the reason is reported and nothing is replaced.
 * Thread-safe.
 */
@Component
class ConfigurationReloader implements DoctorCheck {

  static final Duration POLL = Duration.ofSeconds(2);

  /** The maximum number of settings that are named. */
  private static final int MAX_NAMED = 20;

  private static final Logger LOG = System.getLogger(ConfigurationReloader.class.getName());

  private static final String NAME = "configuration";

  private final LiveSettings live;

  /** The configuration of the start, in which the settings that need a restart are active. */
  private final EffectiveConfig started;

  private final Consumer<Policies> check;
  private final Clock clock;
  private final ScheduledExecutorService background;
  private final LogLevels levels = new LogLevels();

  /** The files to compare, and their content when they were read last. Guarded by this. */
  private FileDigests read;

  /** The content that a comparison has found for the first time, or null. Guarded by this. */
  private FileDigests found;

  /** Files that had content when they were last valid. Guarded by this. */
  private Set<Path> filled;

  private volatile Result result;
  private volatile ScheduledFuture<?> schedule;

  /**
   * The result of the last reading.
   *
   * @param fault why the files are not used, or null
   * @param waiting the changed settings that need a restart
   * @param since when the active settings were read
   */
  private record Result(String fault, List<String> waiting, Instant since) {}

  @Inject
  ConfigurationReloader(
      LiveSettings live,
      EffectiveConfig started,
      Event<Policies.Proposed> proposed,
      Clock clock,
      ScheduledExecutorService background) {
    this(
        live,
        started,
        policies -> proposed.fire(new Policies.Proposed(policies)),
        clock,
        background);
  }

  /**
   * Creates the reloader.
   *
   * @param check throws a {@link ConfigurationException} if policies must not become active
   */
  ConfigurationReloader(
      LiveSettings live,
      EffectiveConfig started,
      Consumer<Policies> check,
      Clock clock,
      ScheduledExecutorService background) {
    this.live = live;
    this.started = started;
    this.check = check;
    this.clock = clock;
    this.result = new Result(null, List.of(), clock.instant());
    this.background = background;
    this.read = digests(started, started.yaml().map(YamlConfigSource::digests).orElse(null));
    this.filled = started.yaml().map(YamlConfigSource::filled).orElse(Set.of());
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    applyLevel();
    schedule =
        background.scheduleWithFixedDelay(
            this::look, POLL.toMillis(), POLL.toMillis(), TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void stop() {
    if (schedule != null) {
      schedule.cancel(false);
    }
    levels.apply(Optional.empty());
  }

  /** Compares the files once. */
  void look() {
    try {
      compare();
    } catch (RuntimeException e) {
      // A schedule whose task throws does not run again.
      refuse("it cannot be read (" + e.getClass().getSimpleName() + ")");
    }
    applyLevel();
  }

  private synchronized void compare() {
    FileDigests now = FileDigests.of(read.byFile().keySet());
    if (now.equals(read)) {
      found = null;
    } else if (!now.equals(found)) {
      found = now;
    } else {
      found = null;
      readAgain(now);
    }
  }

  /** Reads the files, whose content has been the same for a while. */
  private void readAgain(FileDigests content) {
    EffectiveConfig config = live.latest().config().readAgain();
    State state = null;
    String fault = null;
    FileDigests digests = null;
    try {
      // Before the validation, so that a missing file of a password is noticed when it is there.
      digests = digests(config, null);
      requireContent(config.yaml().orElseThrow());
      ConfigurationValidator.validate(config);
      state = State.of(config);
      check.accept(state.policies());
    } catch (ConfigurationException e) {
      fault = e.getMessage();
    }
    if (digests == null) {
      digests = FileDigests.of(read.byFile().keySet());
    }
    if (!digests.agrees(content)) {
      // Changed while it was read: the next comparisons find the rest.
      return;
    }
    read = digests;
    if (fault != null) {
      refuse(fault);
    } else {
      filled = config.yaml().orElseThrow().filled();
      use(state);
    }
  }

  /** A file that is being written, or whose disk is full, may be empty for long. */
  private void requireContent(YamlConfigSource yaml) {
    if (yaml.fault().isPresent()) {
      throw yaml.fault().get();
    }
    for (Path file : filled) {
      if (!yaml.filled().contains(file)) {
        String fault = Files.exists(file) ? "the file is empty; write it again" : "file not found";
        throw ConfigurationException.ofFile(
            file.toString(), fault + "; to remove all settings, write: pairing: {}");
      }
    }
  }

  private void use(State state) {
    State before = live.latest();
    Set<String> changed = changed(before.config(), state.config(), Activation.RELOAD);
    for (String name : written(before, state)) {
      if (!before.accounts().password(name).equals(state.accounts().password(name))) {
        changed.add(SettingKey.CHANNEL_PASSWORD.of(name));
      }
    }
    List<String> waiting = List.copyOf(changed(started, state.config(), Activation.RESTART));
    Result previous = result;
    live.replace(state);
    result = new Result(null, waiting, clock.instant());
    if (!changed.isEmpty() || previous.fault() != null) {
      LogMessage.CONFIGURATION_RELOADED.log(LOG, changed.isEmpty() ? "none" : named(changed));
    }
    if (!waiting.isEmpty() && !waiting.equals(previous.waiting())) {
      LogMessage.RESTART_NEEDED.log(LOG, named(waiting));
    }
  }

  private void refuse(String fault) {
    Result previous = result;
    result = new Result(fault, previous.waiting(), previous.since());
    if (!fault.equals(previous.fault())) {
      LogMessage.RELOAD_FAILED.log(LOG, fault);
    }
  }

  private static Set<String> written(State before, State after) {
    Set<String> names = new TreeSet<>(before.accounts().written());
    names.addAll(after.accounts().written());
    return names;
  }

  /** Returns the keys of an activation whose effective values are different. */
  private static Set<String> changed(
      EffectiveConfig before, EffectiveConfig after, Activation activation) {
    Set<String> keys = new TreeSet<>(before.keys());
    keys.addAll(after.keys());
    keys.removeIf(
        key ->
            SettingKey.find(key).filter(found -> found.activation() == activation).isEmpty()
                || Objects.equals(text(before, key), text(after, key)));
    return keys;
  }

  private static String text(EffectiveConfig config, String key) {
    return config.find(key).map(EffectiveConfig.Found::text).orElse(null);
  }

  /**
   * Returns the content of the files that a configuration consists of.
   *
   * @param yaml the content of {@code pairing.yaml}, or null to read it
   */
  private static FileDigests digests(EffectiveConfig config, FileDigests yaml) {
    Set<Path> files = new LinkedHashSet<>();
    for (String name : config.names()) {
      boolean own =
          SettingKey.CHANNEL_PASSWORD_FILE.channelIn(name).isPresent()
              || SettingKey.CHANNEL_PASSWORD_FILE.nameInEnvironment(name).isPresent();
      Optional<String> path = own ? config.text(name) : Optional.empty();
      path.filter(TextRules::isPath).map(TextRules::asPath).ifPresent(files::add);
    }
    if (yaml == null) {
      config.yaml().ifPresent(source -> files.addAll(source.files()));
      return FileDigests.of(files);
    }
    return FileDigests.of(files).and(yaml);
  }

  private void applyLevel() {
    levels.apply(live.latest().config().text(SettingKey.LOG_LEVEL.path()).flatMap(LogLevels::find));
  }

  private static String named(Collection<String> keys) {
    List<String> names = new ArrayList<>(keys.stream().limit(MAX_NAMED).toList());
    if (keys.size() > MAX_NAMED) {
      names.add((keys.size() - MAX_NAMED) + " more");
    }
    return String.join(", ", names);
  }

  private static Instant since(Result result) {
    return result.since().truncatedTo(ChronoUnit.SECONDS);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Finding> examine() {
    Result now = result;
    List<Finding> findings = new ArrayList<>();
    if (now.fault() != null) {
      findings.add(DoctorMessage.RELOAD_FAILED.finding(NAME, now.fault()));
    }
    if (!now.waiting().isEmpty()) {
      findings.add(DoctorMessage.RESTART_NEEDED.finding(NAME, named(now.waiting())));
    }
    return findings.isEmpty()
        ? List.of(Finding.ok(NAME, "All settings are active, as read at " + since(now) + "."))
        : findings;
  }
}
