package dev.nexo.pairing.config;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nexo.pairing.ChannelAccount;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the policy of an account by its key. The name of an environment variable fits several
 * accounts: {@code PAIRING_POLICY_WHATSAPP_A_B_AUTO_CHALLENGE} fits {@code a_b}, {@code A.b} and
 * others. It can close all of them. It opens only an account that another source configures, and
 * the account whose name is written like this in lower case. {@link LiveSettings} replaces it when
 * the configuration changes. Thread-safe.
 */
final class ConfiguredPolicies implements Policies {

  /** The maximum number of cached accounts, far more than a server has. */
  private static final int MAX_CACHED = 10_000;

  private static final String POLICY = "pairing.policy.";

  private final EffectiveConfig config;
  private final boolean everywhere;
  private final Cache<ChannelAccount, AccountPolicy> cache =
      Caffeine.newBuilder().maximumSize(MAX_CACHED).executor(Runnable::run).build();

  ConfiguredPolicies(EffectiveConfig config) {
    this.config = config;
    this.everywhere = config.flag(SettingKey.AUTO_CHALLENGE.path()).orElse(false);
  }

  @Override
  public AccountPolicy of(ChannelAccount account) {
    AccountPolicy cached = cache.getIfPresent(account);
    // A reference to the method would be an object for each message.
    return cached == null ? cache.get(account, this::find) : cached;
  }

  @Override
  public AccountPolicy general() {
    return policy(Optional.empty(), (own, ofAll) -> config.text(ofAll.path()));
  }

  private AccountPolicy find(ChannelAccount account) {
    return policy(
        own(account).filter(challenges -> challenges || mayOpen(account)),
        (own, ofAll) -> ownText(account, own).or(() -> config.text(ofAll.path())));
  }

  /** Reads a policy with a function of an account's key and the key of all accounts. */
  private AccountPolicy policy(
      Optional<Boolean> challenges, BiFunction<SettingKey, SettingKey, Optional<String>> text) {
    AccountPolicy unset = AccountPolicy.DEFAULT;
    return new AccountPolicy(
        challenges.orElse(everywhere),
        text.apply(SettingKey.ACCOUNT_CHALLENGE, SettingKey.CHALLENGE)
            .map(mode -> mode.equals("silent"))
            .orElse(unset.silent()),
        text.apply(SettingKey.ACCOUNT_CHALLENGES_PER_HOUR, SettingKey.CHALLENGES_PER_HOUR)
            .map(Integer::valueOf)
            .orElse(unset.challengesPerHour()),
        text.apply(SettingKey.ACCOUNT_GROUPS, SettingKey.GROUPS)
            .map(groups -> groups.equals("pair"))
            .orElse(unset.pairGroups()),
        text.apply(SettingKey.ACCOUNT_HOLD_MESSAGES, SettingKey.HOLD_MESSAGES)
            .map(Integer::valueOf)
            .orElse(unset.holdMessages()),
        text.apply(SettingKey.ACCOUNT_NOTIFY_REQUESTER, SettingKey.NOTIFY_REQUESTER)
            .map(this::notices)
            .orElse(unset.notifyRequester()));
  }

  private Optional<Boolean> own(ChannelAccount account) {
    return config.flag(key(account));
  }

  /** Returns the value of an account's own key, if the key may be meant for this account. */
  private Optional<String> ownText(ChannelAccount account, SettingKey own) {
    String key = own.of(account.channel(), account.accountId());
    return config.isFor(account, key) ? config.text(key) : Optional.empty();
  }

  private Set<RequesterNotice> notices(String list) {
    return config.split(list).stream()
        .flatMap(name -> RequesterNotice.find(name).stream())
        .collect(Collectors.toSet());
  }

  private boolean mayOpen(ChannelAccount account) {
    return config.isFor(account, key(account));
  }

  private static Stream<String> keys(ChannelAccount account) {
    return Arrays.stream(SettingKey.values())
        .filter(SettingKey::isOfAccount)
        .map(key -> key.of(account.channel(), account.accountId()));
  }

  private static String key(ChannelAccount account) {
    return SettingKey.ACCOUNT_AUTO_CHALLENGE.of(account.channel(), account.accountId());
  }

  @Override
  public Optional<String> ignoredVariable(ChannelAccount account) {
    return everywhere && !own(account).orElse(true) && !mayOpen(account)
        ? Optional.of(SettingKey.environmentName(key(account)))
        : Optional.empty();
  }

  @Override
  public void requireUnambiguous(List<ChannelAccount> known) {
    ConfigurationValidator.requireUnambiguous(
        config, known.stream().flatMap(ConfiguredPolicies::keys).toList());
  }

  @Override
  public boolean anyChallenge() {
    return everywhere
        || config.names().stream()
            .filter(ConfiguredPolicies::isAccounts)
            .anyMatch(name -> config.flag(name).orElse(false));
  }

  @Override
  public List<ChannelAccount> accounts() {
    return config.keys().stream().flatMap(ConfiguredPolicies::accountIn).distinct().toList();
  }

  @Override
  public List<ChannelAccount> named() {
    Stream<ChannelAccount> inVariables =
        config.names().stream().flatMap(ConfiguredPolicies::accountInVariable);
    return Stream.concat(accounts().stream(), inVariables).distinct().toList();
  }

  /**
   * Returns the account in the name of a variable, in which the channel ends at the first
   * underscore. {@code …_AUTO_CHALLENGE} also ends like {@code …_CHALLENGE}; the longer key counts.
   */
  private static Stream<ChannelAccount> accountInVariable(String name) {
    return Arrays.stream(SettingKey.values())
        .filter(key -> key.isOfAccount() && key.path().startsWith(POLICY))
        .flatMap(key -> key.nameInEnvironment(name).stream())
        .min(Comparator.comparingInt(String::length))
        .stream()
        .map(names -> names.toLowerCase(Locale.ROOT).split("_", 2))
        .filter(
            names ->
                names.length == 2
                    && ChannelAccount.isChannel(names[0])
                    && ChannelAccount.isAccount(names[1]))
        .map(names -> new ChannelAccount(names[0], names[1]));
  }

  private static Stream<ChannelAccount> accountIn(String key) {
    return SettingKey.find(key).flatMap(found -> found.accountIn(key)).stream();
  }

  private static boolean isAccounts(String name) {
    return SettingKey.ACCOUNT_AUTO_CHALLENGE.channelIn(name).isPresent()
        || SettingKey.ACCOUNT_AUTO_CHALLENGE.nameInEnvironment(name).isPresent();
  }
}
