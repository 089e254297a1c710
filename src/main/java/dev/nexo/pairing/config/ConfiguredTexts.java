package dev.nexo.pairing.config;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.message.StandardTexts;
import dev.nexo.pairing.message.TextKind;
import dev.nexo.pairing.message.TextTemplate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the texts in the configuration. {@link LiveSettings} replaces it when the configuration
 * changes. Thread-safe.
 */
final class ConfiguredTexts implements Texts {

  /** The maximum number of cached texts, far more than a server has. */
  private static final int MAX_CACHED = 10_000;

  private record Key(String channel, String accountId, String language, TextKind kind) {}

  private final EffectiveConfig config;
  private final String language;
  private final List<String> languages;
  private final Cache<Key, Optional<TextTemplate>> cache =
      Caffeine.newBuilder().maximumSize(MAX_CACHED).executor(Runnable::run).build();

  ConfiguredTexts(EffectiveConfig config) {
    this.config = config;
    this.language = config.text(SettingKey.LANGUAGE.path()).orElse(StandardTexts.ENGLISH);
    this.languages = languages(config);
  }

  /** Returns the languages that have standard or configured texts. */
  static List<String> languages(EffectiveConfig config) {
    Set<String> configured = new TreeSet<>();
    for (SettingKey key : SettingKey.values()) {
      config.keys().forEach(name -> key.languageIn(name).ifPresent(configured::add));
      config
          .variables()
          .forEach(name -> key.languageInEnvironment(name).ifPresent(configured::add));
    }
    Set<String> all = new LinkedHashSet<>(StandardTexts.LANGUAGES);
    all.addAll(configured);
    return List.copyOf(all);
  }

  @Override
  public String language() {
    return language;
  }

  @Override
  public List<String> languages() {
    return languages;
  }

  @Override
  public Optional<TextTemplate> configured(
      String channel, String accountId, String language, TextKind kind) {
    // Strangers choose the language: only those with texts are cached.
    return languages.contains(language)
        ? cache.get(new Key(channel, accountId, language, kind), this::read)
        : Optional.empty();
  }

  private Optional<TextTemplate> read(Key key) {
    return key.kind().setting().flatMap(setting -> read(key, setting));
  }

  private Optional<TextTemplate> read(Key key, TextKind setting) {
    Optional<String> own = Optional.empty();
    // Rows of Nexo may name accounts that are not valid.
    if (ChannelAccount.isChannel(key.channel()) && ChannelAccount.isAccount(key.accountId())) {
      own = own(new ChannelAccount(key.channel(), key.accountId()), key.language(), setting);
    }
    return own.or(() -> config.text(SettingKey.ofText(setting, false).of(key.language())))
        .flatMap(text -> TextTemplate.parse(setting, text));
  }

  private Optional<String> own(ChannelAccount account, String language, TextKind setting) {
    String name =
        SettingKey.ofText(setting, true).of(account.channel(), account.accountId(), language);
    return config.isFor(account, name) ? config.text(name) : Optional.empty();
  }
}
