package dev.nexo.pairing.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.text.MessageFormat;
import java.util.Locale;

/**
 * The catalogue of what the server logs for its operator, with what to do about each message. A log
 * line begins with the id, such as {@code NXP-0011}. The guide {@code messages.md} is generated
 * from this catalogue. Ids are never reused. Messages below {@code INFO} are for developers and are
 * not listed.
 *
 * <p>Texts are patterns of {@link MessageFormat}: an apostrophe is written twice. Arguments never
 * contain a token, a code or a password.
 */
public enum LogMessage {
  /** A setting is unknown or has an invalid value. */
  CONFIGURATION_INVALID(
      1,
      Level.ERROR,
      "The application does not start. The configuration is invalid: {0}",
      "Correct the setting that the message names, then restart the server. config/pairing.yaml describes every key."),
  /** The application did not start. */
  START_FAILED(
      2,
      Level.ERROR,
      "nexo-pairing does not start: {0}",
      "Fix the cause that the message names, and restart the server."),
  /** No account challenges strangers. */
  POLICY_OFF(
      3,
      Level.WARNING,
      "Everyone is admitted: the policy is off. To challenge strangers, set"
          + " pairing.policy.auto_challenge: true in pairing.yaml, or"
          + " PAIRING_POLICY_AUTO_CHALLENGE=true in the environment.",
      "Turn the policy on, unless everyone may write to the bot."),
  /** Another server of the database has set the operator's password. */
  PASSWORD_FILE_UNUSED(
      4,
      Level.WARNING,
      "The password in {0} is not in use. The current password is in {1}. Delete {0}.",
      "Delete the first file. Servers that share a database use one password. If the second file is"
          + " lost, set PAIRING_OPERATOR_PASSWORD on every server and restart them."),
  /** Two adapters claim a channel, or a channel name is invalid. */
  ADAPTERS_INVALID(
      5,
      Level.ERROR,
      "The application does not start. The channel adapters are invalid: {0}",
      "Remove one of the adapters that the message names, or its setting."),
  /** The channels whose messages can be answered. */
  ADAPTERS(6, Level.INFO, "Channels with an adapter: {0}", null),
  /** Environment variables have no effect. */
  VARIABLES_UNKNOWN(
      7,
      Level.WARNING,
      "These environment variables are unknown and have no effect: {0}",
      "Correct or remove them. config/pairing.yaml describes every key."),
  /** Another program uses the port of this server. */
  PORT_IN_USE(
      8,
      Level.ERROR,
      "nexo-pairing is not reachable: another program answers at {0}. Stop that program, or set"
          + " another port: HTTP_PORT=9081 in the environment. To see the server''s own error, search"
          + " {1} for CWWKO0221E.",
      "Stop the program, or set HTTP_PORT, and restart the server."),

  /** The database cannot be opened. */
  DATABASE_NOT_OPENED(
      10,
      Level.ERROR,
      "The database {0} cannot be opened: {1}. All messages are dropped (storage), and changes are"
          + " refused. {2}",
      "Follow the remedy in the message. The server recovers without a restart."),
  /** The database accepts no changes. */
  DATABASE_NOT_WRITABLE(
      11,
      Level.ERROR,
      "The database {0} accepts no changes: {1}. Strangers are dropped (storage), and changes are"
          + " refused. {2}",
      "Follow the remedy in the message. The server recovers without a restart."),
  /** An outage has ended. */
  DATABASE_WRITABLE(12, Level.INFO, "The database {0} accepts changes again", null),
  /** The stack trace of an unknown database error. */
  DATABASE_ERROR(
      13,
      Level.WARNING,
      "Database operation failed",
      "Read the cause in the stack trace. The next message says what follows from it."),
  /** One call failed; the database itself works. */
  DATABASE_CALL_FAILED(
      14,
      Level.WARNING,
      "A call to the database {0} failed: {1}. The caller can retry. {2} Further failures of this"
          + " kind are logged at most once a minute.",
      "Follow the remedy in the message if this is logged repeatedly."),
  /** A data source of the server waits without a limit. */
  DATA_SOURCE_WITHOUT_TIMEOUT(
      15,
      Level.WARNING,
      "pairing.storage.jndi: {0} has no network timeout. Add socketTimeout=\"5\" and"
          + " connectTimeout=\"2\" to its <properties.postgresql>.",
      "Add both timeouts in server.xml. Without them a dead network blocks requests."),
  /** The database is not the one that this server has opened. */
  DATABASE_REPLACED(
      16,
      Level.ERROR,
      "The database {0} was replaced under the running server: {1}. All messages are dropped"
          + " (storage), and changes are refused. {2}",
      "Follow the remedy in the message. A restart accepts the database as it is."),

  /** A decision failed with an unexpected exception. */
  DECISION_FAILED(
      20,
      Level.ERROR,
      "A message was dropped because its decision failed",
      "Report the stack trace. The sender can write again."),
  /** Decisions work again after an error. */
  DECISIONS_RESUMED(21, Level.INFO, "Messages are decided again", null),
  /** An account drops strangers because of its budget. */
  BUDGET_USED(
      22,
      Level.WARNING,
      "The account {0}:{1} has made {2} challenges, its limit, within an hour. Further strangers are"
          + " dropped (budget) until the hour has ended. Logged once an hour.",
      "Run: nexo-pair doctor, which names the account and the end of the hour. To admit a sender you"
          + " know, use nexo-pair seed. If strangers are welcome, raise challenges_per_hour of the"
          + " account."),

  /** NATS cannot be reached. */
  NATS_UNREACHABLE(
      30,
      Level.WARNING,
      "NATS at {0} cannot be reached or refuses the login ({1}). Challenges wait in the outbox.",
      "Start NATS, or correct pairing.broker.url, the credentials or the certificates that the reason"
          + " names. After a change of the URL, a password or a token, restart the server; otherwise"
          + " it tries again every second. The reason is logged again when it changes."),
  /** NATS is connected. */
  NATS_CONNECTED(31, Level.INFO, "Connected to NATS at {0}", null),
  /** The connection to NATS is lost. */
  NATS_LOST(
      32,
      Level.WARNING,
      "The connection to NATS is lost ({0}). Challenges wait in the outbox.",
      "Check NATS and the network. The server reconnects by itself. If NATS refuses the new"
          + " connection, NXP-0030 has the reason."),
  /** The broker settings are invalid. */
  BROKER_INVALID(
      33,
      Level.ERROR,
      "The application does not start. The broker cannot be used: {0}",
      "Correct the setting that the message names."),
  /** The in-process broker has no observer. */
  BROKER_WITHOUT_AUDIENCE(
      34,
      Level.WARNING,
      "pairing.broker.url is not set, and no other module observes BrokerMessage. Nothing receives"
          + " the challenges. They wait in the outbox.",
      "Set pairing.broker.url, or deploy a module that observes BrokerMessage, or let the callers"
          + " of /inbound send the text (\"deliver\": false)."),
  /** A message from NATS failed. */
  BUS_MESSAGE_FAILED(
      35,
      Level.WARNING,
      "A message on {0} could not be processed: {1}",
      "Check the program that published the message."),
  /** A request to the bus service failed. */
  BUS_REQUEST_FAILED(37, Level.ERROR, "A request on {0} failed: {1}", "Report the message."),
  /** Malformed messages on the filter. */
  FILTER_MALFORMED(
      38,
      Level.WARNING,
      "Dropped {0} malformed messages on plugin.inbound",
      "Check the plugin that publishes them: protocol.md#bus describes the envelope."),
  /** Too many messages on the filter. */
  FILTER_OVERLOADED(
      39,
      Level.WARNING,
      "Dropped {0} messages on plugin.inbound: too many at once",
      "Let the senders write again. Add a server if this is logged often."),
  /** Messages on the filter failed. */
  FILTER_FAILED(
      40,
      Level.WARNING,
      "Dropped {0} messages on plugin.inbound: internal error",
      "Read the messages before this one."),
  /** Admitted messages could not be passed on. */
  FILTER_NOT_PASSED(
      41,
      Level.WARNING,
      "Dropped {0} admitted messages on plugin.inbound: NATS did not accept them",
      "Check the connection to NATS, its max_payload and this server''s permission to publish."),
  /** Too many requests to the bus service. */
  SERVICE_OVERLOADED(
      42,
      Level.WARNING,
      "Did not process {0} requests on pairing.inbound: too many at once",
      "Let the plugin ask again. Add a server if this is logged often."),
  /** A message from NATS had headers that cannot be read. */
  HEADERS_REMOVED(
      43,
      Level.WARNING,
      "A message on {0} has a header whose name or value NATS does not allow. Such headers are"
          + " removed; the message is processed. Logged once a connection.",
      "Correct the program that publishes the message: a header''s name has visible ASCII characters"
          + " without a colon, its value has ASCII characters. Put names of people into the payload."),

  /** The outbox cannot be read. */
  OUTBOX_UNREACHABLE(
      50,
      Level.WARNING,
      "The outbox cannot be read ({0}). Challenges wait.",
      "Check the database."),
  /** The outbox works again. */
  OUTBOX_REACHABLE(51, Level.INFO, "The outbox can be read again", null),
  /** An adapter did not accept a message. */
  MESSAGE_NOT_SENT(
      52,
      Level.WARNING,
      "Message {0} to {1} was not sent ({2}: {3}). It waits in the outbox.",
      "Check the channel''s plugin or adapter."),
  /** An adapter did not return during the stop of the server. */
  ADAPTER_HANGS(
      53,
      Level.INFO,
      "An adapter does not return. Its message is sent again after the next start.",
      null),
  /** Acknowledgements could not be stored at the stop. */
  ACKNOWLEDGEMENTS_LOST(
      54,
      Level.WARNING,
      "Some sent messages could not be recorded in the outbox. They may be sent twice.",
      "Check the database."),
  /** An observer of an event threw an exception. */
  OBSERVER_FAILED(
      55,
      Level.WARNING,
      "An observer of {0} failed. The change is not affected.",
      "Fix the observer in the module that the stack trace names."),
  /** An adapter could not format a challenge. */
  CHALLENGE_NOT_FORMATTED(
      56,
      Level.WARNING,
      "The adapter of {0} could not format a challenge ({1}). The challenge is sent as plain text.",
      "Fix the adapter."),
  /** A task of an executor threw an exception. */
  TASK_FAILED(57, Level.WARNING, "A task for {0} failed: {1}", "Report the message."),
  /** Messages about approvals could not be sent in time. */
  APPROVALS_NOT_SENT(
      58,
      Level.WARNING,
      "{0} messages about approvals could not be sent within 60 minutes and were discarded. Their"
          + " senders are admitted.",
      "Check the channel''s plugin or adapter and the broker. Inform the senders, or let them write"
          + " again."),

  /** The signing key cannot be used. */
  KEY_UNUSABLE(
      60,
      Level.ERROR,
      "No setup code can be issued, and this server is not ready: {0}",
      "Follow the remedy in the message."),
  /** A previous signing key cannot be used. */
  PREVIOUS_KEY_UNUSABLE(
      61,
      Level.WARNING,
      "A previous signing key is ignored: {0}",
      "Follow the remedy in the message, or remove the path from"
          + " pairing.setup_code.previous_secret_paths."),
  /** A request needed the signing key. */
  KEY_NOT_AVAILABLE(
      62,
      Level.ERROR,
      "A request was refused because the signing key cannot be used: {0}",
      "See NXP-0060."),
  /** A message was not held, because there is no key. */
  HELD_WITHOUT_KEY(
      63,
      Level.ERROR,
      "The first messages of strangers are not held, because they cannot be encrypted: {0}",
      "Fix the key file. doctor names the fault. Until then strangers have to write again after the"
          + " approval."),

  /** A bootstrap token was presented again after it was redeemed. */
  TOKEN_REPLAYED(
      70,
      Level.WARNING,
      "A bootstrap token was refused: {0}. It was already redeemed for {1}. If that is not the"
          + " intended device, revoke the session.",
      "Find the session in the audit trail and revoke it unless you know the device."),
  /** A bootstrap token was refused. */
  TOKEN_REFUSED(71, Level.INFO, "A bootstrap token was refused: {0}", null),
  /** The audit trail could not be written. */
  REPLAY_NOT_AUDITED(
      72,
      Level.WARNING,
      "Could not record token_replayed in the audit trail for {0}",
      "Check the database."),
  /** A session with a device key was rotated or resumed without its signature. */
  SESSION_NOT_SIGNED(
      73,
      Level.WARNING,
      "Session {0} was not renewed: the signature of its device key is missing or invalid",
      "Revoke the session if its token may have been stolen."),
  /** A setup code could not be sent. */
  SETUP_CODE_NOT_SENT(
      74,
      Level.WARNING,
      "Setup code {0} was not sent through {1}",
      "Check the channel''s plugin or adapter. The code stays valid until it expires."),
  /** A setup code that was not sent could not be cancelled. */
  SETUP_CODE_NOT_CANCELLED(
      75,
      Level.WARNING,
      "Setup code {0} was not sent and could not be cancelled",
      "Cancel it with DELETE /api/v1/setup-codes/<id>, or wait until it has expired."),

  /** A request failed with an unexpected exception. */
  REQUEST_FAILED(
      80,
      Level.ERROR,
      "Incident {0}: a request failed",
      "Report the stack trace. The caller has the incident id in X-Incident-Id."),
  /** The container answered a request with an error. */
  REQUEST_FAILED_IN_CONTAINER(
      81, Level.ERROR, "A request failed with status {0}", "Report the stack trace."),
  /** An adapter could not be asked. */
  ADAPTER_UNAVAILABLE(
      82,
      Level.WARNING,
      "A request was refused because an adapter is unavailable: {0}",
      "Start the channel''s plugin, or connect it to the broker."),
  /** An audit row could not be shown as an event. */
  EVENT_NOT_SENT(
      83,
      Level.WARNING,
      "Row {0} of the audit trail could not be sent as an event",
      "Report the stack trace."),
  /** Events could not be read. */
  EVENTS_DELAYED(84, Level.WARNING, "Events are delayed", "Report the stack trace."),
  /** A doctor check failed. */
  CHECK_FAILED(85, Level.WARNING, "The check {0} failed", "Report the stack trace."),
  /** A handshake failed with an unexpected exception. */
  HANDSHAKE_FAILED(86, Level.ERROR, "A handshake on /pair failed", "Report the stack trace."),

  /** Somebody presents wrong secrets. */
  ATTEMPTS_FAILED(
      90,
      Level.WARNING,
      "Failed attempts: {0}. Ten in a minute lock the login for that address. Logged at most once a"
          + " minute.",
      "Correct the password or token in the program at that address. doctor names each login and"
          + " what to do. If nobody you know is at that address, block it in the firewall."),

  /** The quiet hours name no time zone. */
  QUIET_HOURS_ZONE(
      100,
      Level.INFO,
      "Operators are not told of requests at {0}. The setting names no time zone, so the server''s"
          + " ({1}) applies.",
      "Add a zone to pairing.notify.quiet_hours if this is not the operators'' own."),
  /** A way by which operators are told threw an exception. */
  NOTICE_WAY_FAILED(
      101, Level.WARNING, "Operators are not told by {0} of a request", "Report the stack trace."),
  /** A notice was not sent within 24 hours. */
  NOTICE_GIVEN_UP(
      102,
      Level.WARNING,
      "Notice {0} by {1} was not sent within 24 hours and is given up: {2}.",
      "Fix the cause that the message names, then run: nexo-pair notices --test <way>"),
  /** The webhook's receiver wants no more calls. */
  WEBHOOK_GONE(
      103,
      Level.WARNING,
      "The webhook answered 410 Gone. It is not called again.",
      "Correct pairing.notify.webhook.url and restart the server, or run:"
          + " nexo-pair notices --test webhook"),

  /** Changed settings are active. */
  CONFIGURATION_RELOADED(
      110, Level.INFO, "The configuration was read again. Changed settings: {0}", null),
  /** The changed configuration is invalid. */
  RELOAD_FAILED(
      111,
      Level.ERROR,
      "The changed configuration is not used, and the previous settings stay active: {0}",
      "Correct what the message names. The server reads the file again within 5 s. Do not restart"
          + " the server before: it would not start, or start without these settings."),
  /** Changed settings need a restart. */
  RESTART_NEEDED(
      112,
      Level.WARNING,
      "These settings have changed and become active with the next start: {0}",
      "Restart the server, for example with: systemctl restart nexo-pairing"),

  /** A class of the application is not a CDI bean. */
  NOT_A_BEAN(
      122,
      Level.ERROR,
      "The application does not start. These classes need to be CDI beans and are not: {0}",
      "Add beans.xml to the archive of the class: WEB-INF/beans.xml in a WAR, META-INF/beans.xml in"
          + " a jar. Give the class a scope, for example @ApplicationScoped."),
  /** The module is embedded, and the configuration challenges nobody. */
  POLICY_OF_APPLICATION(
      123,
      Level.WARNING,
      "The policy in the configuration is off. PairingGate uses the policy that the application"
          + " passes; PairingIntake admits everyone, unless a message says otherwise. To challenge"
          + " strangers there too, set pairing.policy.auto_challenge=true.",
      "Turn the policy on, unless the application passes its own or everyone may write to it.");

  private final int number;
  private final Level level;
  private final String text;
  private final String remedy;

  LogMessage(int number, Level level, String text, String remedy) {
    this.number = number;
    this.level = level;
    this.text = text;
    this.remedy = remedy;
  }

  /** Returns the id, such as {@code NXP-0011}. */
  public String id() {
    return "NXP-%04d".formatted(number);
  }

  /** Returns the level at which the message is logged. */
  public Level level() {
    return level;
  }

  /** Returns the pattern of the text. */
  public String text() {
    return text;
  }

  /** Returns what the operator does, one sentence or two, or null if there is nothing to do. */
  public String remedy() {
    return remedy == null ? null : format(remedy);
  }

  /** Returns the line of the log: the id and the text. Numbers are printed without grouping. */
  public String line(Object... arguments) {
    return id() + " " + format(text, arguments);
  }

  /** Logs the message. */
  public void log(Logger log, Object... arguments) {
    log(log, level, null, arguments);
  }

  /** Logs the message with the stack trace of an exception. */
  public void log(Logger log, Throwable thrown, Object... arguments) {
    log(log, level, thrown, arguments);
  }

  /**
   * Logs the message at another level.
   *
   * @param thrown the exception whose stack trace is logged, or null
   */
  public void log(Logger log, Level at, Throwable thrown, Object... arguments) {
    if (log.isLoggable(at)) {
      log.log(at, line(arguments), thrown);
    }
  }

  private static String format(String pattern, Object... arguments) {
    Object[] strings = new Object[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      strings[i] = String.valueOf(arguments[i]);
    }
    return new MessageFormat(pattern, Locale.ROOT).format(strings);
  }
}
