package dev.nexo.pairing.cli.importer;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names in OpenClaw's directory and configuration that the importer reads, or that do not admit
 * senders to direct messages. The importer reports all others.
 */
final class OpenClawKeys {

  /** The members of {@code openclaw.json}; only {@code channels} admits senders. */
  static final Set<String> ROOT =
      words(
          """
          $include $schema accessGroups acp agent agents approvals audio auth bindings broadcast
          browser canvasHost channels cli commands cron diagnostics discovery env gateway hooks
          identity logging mcp media memory messages meta models nodeHost plugins proxy sandbox
          secrets session skills surfaces talk tasks tools transcripts tts ui update web wizard
          """);

  /** Members of {@code channels} that are not channels. */
  static final Set<String> NO_CHANNELS = words("$include defaults modelByChannel");

  /** The members of a channel or an account; the lists among them are for groups and reactions. */
  static final Set<String> CHANNEL =
      words(
          """
          $include accounts allowFrom defaultAccount dm dmPolicy enabled
          accessToken account ackReaction ackReactionScope actions activity activityType activityUrl
          agentComponents allowBots allowInsecureSsl allowPrivateNetwork allowUnmentionedGroups
          apiRoot appId appPassword appSecret appToken attachmentRoots audience audienceType authDir
          autoDiscoverChannels autoJoin autoJoinAllowlist autoPresence autoStart autoThreadName
          autoThreadReply baseUrl blockStreaming blockStreamingCoalesce botToken botUser
          callbackBaseUrl callbackPath capabilities channelAccessToken channelSecret channels chatmode
          chunkMode cliPath clientId clientSecret code commands configWrites connectionMode
          customCommands dangerouslyAllowInheritedWebhookPath dangerouslyAllowNameMatching
          dangerouslyAllowPrivateNetwork dbPath debounceMs deviceId deviceName direct dmHistoryLimit
          dms domain draftChunk dynamicAgentCreation encryptKey encryption errorPolicy eventQueue
          execApprovals groupAllowFrom groupChannels groupInviteAllowlist groupPolicy
          groupSenderAllowFrom groups guilds healthMonitor heartbeat heartbeatVisibility historyLimit
          homeserver host httpHost httpPort httpUrl ignoreAttachments ignoreStories
          includeAttachments incomingUrl inboundWorker initialSyncLimit inlineButtons intents
          interactions linkPreview markdown maxLinesPerMessage mediaAllowHosts mediaAuthAllowHosts
          mediaLocalRoots mediaMaxMb mentionPatterns messagePrefix mode name nativeStreaming
          nativeTransport network nick nickserv oncharPrefixes password passwordFile pluralkit port
          presence privateKey profile proxy rateLimitPerMinute reactionAllowlist reactionLevel
          reactionNotifications realname receiveMode region relays remoteHost renderMode
          replyStyle replyToMode replyToModeByChatType requireMention resolveSenderNames
          responsePrefix retry richMenu rooms secretFile selfChatMode sendMethod sendReadReceipts
          server serverUrl service serviceAccount serviceAccountFile sharePointSiteId ship
          showModelSignatures signingSecret slashCommand startupTimeoutMs status statusReactions
          streamMode streaming suppressEmbeds teams tenantId textChunkLimit textChunkMode thread
          threadBindings threadReplies timeoutSeconds tls token tokenFile typingIndicator typingMode
          typingReaction ui url useManagedIdentity userId userToken userTokenReadOnly username
          verificationToken voice webhook webhookHost webhookPath webhookPort webhookPublicUrl
          webhookSecret webhookUrl
          """);

  /** The members of {@code channels.defaults}. */
  static final Set<String> DEFAULTS =
      words(
          "$include botLoopProtection contextVisibility groupPolicy heartbeat heartbeatVisibility"
              + " implicitMentions");

  /** The members of {@code dm}; the list of channels is for groups. */
  static final Set<String> DM =
      words(
          "$include allowFrom enabled groupChannels groupEnabled policy replyToMode sessionScope"
              + " threadReplies");

  /** The members of {@code direct.<chat>} that decide about its sender. */
  static final Set<String> CHAT_ACCESS = words("$include allowFrom dmPolicy enabled topics");

  private static final Set<String> DIRECTORY =
      words(
          """
          openclaw.json credentials state .env agents backups bin bindings browser cache canvas
          completions cron delivery-queue devices exec-approvals.json extensions flows
          gateway.env hooks identity lib logs media memory npm plugins restart-sentinel.json
          sandbox sandboxes service-env settings skills subagents tasks tmp tools tui
          update-check.json voice-calls
          """);

  private static final Pattern COPIES = Pattern.compile("openclaw\\.json\\..*|workspace(-.*)?");

  private static final Set<String> CREDENTIALS =
      words("oauth.json github-copilot.token.json whatsapp matrix");

  private OpenClawKeys() {}

  private static Set<String> words(String names) {
    return Set.of(names.strip().split("\\s+"));
  }

  /** Returns whether a file or directory of OpenClaw's directory is known. */
  static boolean isInDirectory(String name) {
    return DIRECTORY.contains(name) || COPIES.matcher(name).matches();
  }

  /** Returns whether a file of the directory {@code state} is known. */
  static boolean isState(String name) {
    return name.startsWith("openclaw.sqlite");
  }

  /** Returns whether a file of the directory {@code credentials} is known. */
  static boolean isCredential(String name) {
    return CREDENTIALS.contains(name)
        || name.endsWith("-allowFrom.json")
        || name.endsWith("-pairing.json");
  }
}
