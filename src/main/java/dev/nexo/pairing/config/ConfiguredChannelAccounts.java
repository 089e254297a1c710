package dev.nexo.pairing.config;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nexo.pairing.ChannelAccount;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds an account by the key of its password. An account has one name, because failed logins are
 * counted by name, and several names for one password would multiply the guesses. The name of an
 * environment variable fits several names: {@code PAIRING_CHANNELS_MY_BOT_PASSWORD} fits {@code
 * my_bot} and {@code my-bot}. It is the password of the name that another source configures, and
 * otherwise of the name that is written like this in lower case. {@link LiveSettings} replaces it
 * when the configuration changes. Thread-safe.
 */
final class ConfiguredChannelAccounts implements ChannelAccounts {

  /** The maximum number of cached accounts, far more than a server has. */
  private static final int MAX_CACHED = 1_000;

  /** The names that a variable expresses. */
  private static final Pattern PLAIN = Pattern.compile("[a-z0-9_]+");

  private final EffectiveConfig config;

  /** The names in dotted keys, which are exact. */
  private final Set<String> written;

  /** Contains only existing accounts, because callers can send any name. */
  private final Cache<String, String> cache =
      Caffeine.newBuilder().maximumSize(MAX_CACHED).executor(Runnable::run).build();

  ConfiguredChannelAccounts(EffectiveConfig config) {
    this.config = config;
    this.written =
        config.keys().stream()
            .flatMap(
                key ->
                    Stream.of(SettingKey.CHANNEL_PASSWORD, SettingKey.CHANNEL_PASSWORD_FILE)
                        .flatMap(any -> any.channelIn(key).stream()))
            .collect(Collectors.toUnmodifiableSet());
    // The files of passwords are read now, together with the rest of the configuration.
    written.forEach(this::password);
  }

  /** Returns the names in dotted keys. */
  Set<String> written() {
    return written;
  }

  @Override
  public Optional<String> password(String name) {
    return Optional.ofNullable(cache.get(name, this::find));
  }

  private String find(String name) {
    return ChannelAccount.isChannel(name) && !SettingKey.isReserved(name) && isNamed(name)
        ? config
            .secret(SettingKey.CHANNEL_PASSWORD.of(name))
            .filter(SettingRule.PASSWORD::allows)
            .orElse(null)
        : null;
  }

  /** Returns whether a source has exactly this name, or a variable expresses it and no other. */
  private boolean isNamed(String name) {
    return written.contains(name)
        || (PLAIN.matcher(name).matches()
            && written.stream().noneMatch(other -> variable(other).equals(variable(name))));
  }

  private static String variable(String name) {
    return SettingKey.environmentName(SettingKey.CHANNEL_PASSWORD.of(name));
  }
}
