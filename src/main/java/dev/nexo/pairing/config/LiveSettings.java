package dev.nexo.pairing.config;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.address.ProxySettings;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.internal.OperatorCredential;
import dev.nexo.pairing.message.TextKind;
import dev.nexo.pairing.message.TextTemplate;
import dev.nexo.pairing.platform.Component;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.util.List;
import java.util.Optional;

/**
 * The settings that can change while the server runs: policies, texts, channel accounts and trusted
 * proxies. All of them are replaced at once, by one write, with those of another reading of the
 * configuration. {@link ConfigurationReloader} reads it. Thread-safe.
 */
@Component
class LiveSettings {

  private static final Logger LOG = System.getLogger(LiveSettings.class.getName());

  /** The settings of one reading of the configuration. Immutable. */
  record State(
      EffectiveConfig config,
      ConfiguredPolicies policies,
      ConfiguredTexts texts,
      ConfiguredChannelAccounts accounts,
      ProxySettings proxies) {

    /**
     * Reads the settings and the files of passwords.
     *
     * @throws ConfigurationException if a file of a password cannot be read
     */
    static State of(EffectiveConfig config) {
      return new State(
          config,
          new ConfiguredPolicies(config),
          new ConfiguredTexts(config),
          new ConfiguredChannelAccounts(config),
          new SettingsProducer(config).proxies());
    }
  }

  private volatile State latest;

  /** The settings of a thread that makes a decision. */
  private final ThreadLocal<State> pinned = new ThreadLocal<>();

  /** Creates no object, and leaves nothing in the thread but an empty slot. */
  private final Policies.Pin unpin = () -> pinned.set(null);

  /** The warning that the policy is off. */
  private final LogMessage policyOff;

  /**
   * Only the server has an operator's login; without one, the module is embedded, and the
   * application has a policy of its own.
   */
  @Inject
  LiveSettings(EffectiveConfig config, Instance<OperatorCredential> login) {
    this(config, login.isUnsatisfied());
  }

  LiveSettings(EffectiveConfig config, boolean embedded) {
    this.latest = State.of(config);
    this.policyOff = embedded ? LogMessage.POLICY_OF_APPLICATION : LogMessage.POLICY_OFF;
  }

  /** Warns at startup, before any other package starts. */
  void warn(@Observes @Priority(1) @Initialized(ApplicationScoped.class) Object event) {
    if (!latest.policies().anyChallenge()) {
      policyOff.log(LOG);
    }
  }

  /** Returns the newest settings. */
  State latest() {
    return latest;
  }

  /** Replaces all settings. */
  void replace(State state) {
    boolean challenged = latest.policies().anyChallenge();
    latest = state;
    if (challenged && !state.policies().anyChallenge()) {
      policyOff.log(LOG);
    }
  }

  /** Returns the settings for the current thread. */
  private State current() {
    State own = pinned.get();
    return own == null ? latest : own;
  }

  @Produces
  @Singleton
  Policies policies() {
    return new LivePolicies();
  }

  @Produces
  @Singleton
  Texts texts() {
    return new LiveTexts();
  }

  @Produces
  @Singleton
  ChannelAccounts accounts() {
    return name -> latest.accounts().password(name);
  }

  @Produces
  @Singleton
  ProxySettings.Source proxies() {
    return () -> latest.proxies();
  }

  private final class LivePolicies implements Policies {

    @Override
    public AccountPolicy of(ChannelAccount account) {
      return current().policies().of(account);
    }

    @Override
    public AccountPolicy general() {
      return current().policies().general();
    }

    @Override
    public Pin pin() {
      if (pinned.get() != null) {
        return Pin.NONE;
      }
      pinned.set(latest);
      return unpin;
    }

    @Override
    public boolean anyChallenge() {
      return current().policies().anyChallenge();
    }

    @Override
    public Optional<String> ignoredVariable(ChannelAccount account) {
      return current().policies().ignoredVariable(account);
    }

    @Override
    public void requireUnambiguous(List<ChannelAccount> known) {
      current().policies().requireUnambiguous(known);
    }

    @Override
    public List<ChannelAccount> accounts() {
      return current().policies().accounts();
    }

    @Override
    public List<ChannelAccount> named() {
      return current().policies().named();
    }
  }

  /** Asks one state for each answer, also if that consists of several texts. */
  private final class LiveTexts implements Texts {

    @Override
    public String language() {
      return current().texts().language();
    }

    @Override
    public List<String> languages() {
      return current().texts().languages();
    }

    @Override
    public Optional<TextTemplate> configured(
        String channel, String accountId, String language, TextKind kind) {
      return current().texts().configured(channel, accountId, language, kind);
    }

    @Override
    public Found find(String channel, String accountId, String language, TextKind kind) {
      return current().texts().find(channel, accountId, language, kind);
    }

    @Override
    public boolean sendsCodeAlone(String channel, String accountId, String language) {
      return current().texts().sendsCodeAlone(channel, accountId, language);
    }
  }
}
