package dev.nexo.pairing.internal;

import dev.nexo.pairing.internal.Finding.Level;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;

/**
 * The catalogue of warnings and faults that doctor checks report, with what to do about each. The
 * guide {@code messages.md} is generated from it. Ids are never reused; each group of checks has
 * its own tens.
 *
 * <p>Texts and remedies are patterns of {@link MessageFormat}: an apostrophe is written twice.
 */
public enum DoctorMessage {

  // The doctor itself

  /** A check failed with an exception. */
  CHECK_FAILED(
      1,
      Level.FAULT,
      "The check failed ({0}).",
      "Run doctor again. If this is reported again, read the server log."),
  /** A check did not end in time. */
  CHECK_TIMED_OUT(
      2,
      Level.FAULT,
      "The check did not end in time.",
      "Run doctor again. If this is reported again, read the server log."),
  /** A check could not read the database. */
  CHECK_NEEDS_DATABASE(
      3,
      Level.FAULT,
      "The check failed because the database does not respond.",
      "Fix the fault of the check ''database''. Then run doctor again."),
  /** The server stops during the checks. */
  SERVER_STOPPING(
      4, Level.FAULT, "The server is stopping.", "Run doctor again when the server is running."),

  // The database

  /** The disk of the database is full. */
  DATABASE_DISK_FULL(
      11,
      Level.FAULT,
      "The database is not writable because the disk is full.",
      "Free space on the disk that holds {0}. The server recovers without a restart."),
  /** The SQLite file, its directory or its disk is read-only. */
  DATABASE_FILE_READ_ONLY(
      12,
      Level.FAULT,
      "The database is not writable because the file is read-only.",
      "Give the server''s user the right to write to {0}, to the -wal and -shm files beside it and"
          + " to their directory. Check that the disk is not mounted read-only. The server recovers"
          + " without a restart."),
  /** PostgreSQL refuses changes. */
  DATABASE_SERVER_READ_ONLY(
      13,
      Level.FAULT,
      "The database is not writable because it is read-only.",
      "Connect to a primary server, or turn off default_transaction_read_only for {0}. The server"
          + " recovers without a restart."),
  /** The disk of the database has I/O errors. */
  DATABASE_DISK_ERROR(
      14,
      Level.FAULT,
      "The database is not writable because the disk reports errors.",
      "Check the disk that holds {0}, and the kernel log for errors. The server recovers without a"
          + " restart."),
  /** A write to the SQLite file did not end in time. */
  DATABASE_FILE_BUSY(
      15,
      Level.FAULT,
      "The database does not respond ({0}).",
      "Check whether another program locks {1} or the disk is busy. The server recovers without a"
          + " restart."),
  /** PostgreSQL did not answer in time. */
  DATABASE_SERVER_BUSY(
      16,
      Level.FAULT,
      "The database does not respond ({0}).",
      "Check the load of the database server and the network to {1}. The server recovers without a"
          + " restart."),
  /** There is no connection to PostgreSQL. */
  DATABASE_UNREACHABLE(
      17,
      Level.FAULT,
      "The database cannot be reached ({0}).",
      "Check that the database server is running and that this server can reach {1}. The server"
          + " recovers without a restart."),
  /** The database fails for a reason that has no message of its own. */
  DATABASE_FAILED(
      18,
      Level.FAULT,
      "The database is not writable ({0}).",
      "Check pairing.storage and that the server''s user may write to the database. The server"
          + " tries again every second."),
  /** The database accepts writes slowly. */
  DATABASE_SLOW(
      19,
      Level.WARNING,
      "A write to the database takes {0} ms.",
      "Check whether the disk is busy, the network is slow, or another program locks the"
          + " database."),
  /** The clock of the database could not be read. */
  CLOCK_UNREADABLE(
      20,
      Level.FAULT,
      "The database''s clock cannot be read.",
      "Fix the fault of the check ''database''. Then run doctor again."),
  /** This server's clock is behind the database's. */
  CLOCK_BEHIND(
      21,
      Level.WARNING,
      "This server''s clock is {0} behind the database''s. Codes and sessions expire at the wrong"
          + " time.",
      "Synchronize the clocks of both machines by NTP, for example with chrony."),
  /** This server's clock is ahead of the database's. */
  CLOCK_AHEAD(
      22,
      Level.WARNING,
      "This server''s clock is {0} ahead of the database''s. Codes and sessions expire at the wrong"
          + " time.",
      "Synchronize the clocks of both machines by NTP, for example with chrony."),
  /** Other users can change the SQLite file. */
  DATABASE_FILE_WRITABLE(
      23, Level.FAULT, "Every user of this machine can write to {0}.", "Run: chmod o-rwx ''{0}''"),
  /** Other users can read the SQLite file. */
  DATABASE_FILE_READABLE(
      24, Level.WARNING, "Every user of this machine can read {0}.", "Run: chmod o-rwx ''{0}''"),
  /** Other users can replace the SQLite file. */
  DATABASE_DIRECTORY_WRITABLE(
      25,
      Level.FAULT,
      "Every user of this machine can create and replace files in {0}.",
      "Run: chmod o-w ''{0}''"),
  /** A file or directory of the database cannot be checked. */
  DATABASE_PATH_UNREADABLE(
      26,
      Level.FAULT,
      "{0} cannot be checked ({1}).",
      "Check that it exists, and give the server''s user the right to read it."),
  /** The disk of the database is almost full. */
  DISK_SPACE_LOW(
      27,
      Level.WARNING,
      "The database''s disk has only {0} MiB of free space.",
      "Free space on the disk. If it is full, the server drops messages of strangers."),
  /** The library of SQLite cannot be loaded. */
  DATABASE_LIBRARY(
      28,
      Level.FAULT,
      "The library of SQLite cannot be loaded ({0}).",
      "Check that {1} is writable and not mounted with noexec. Otherwise, add the line"
          + " -Dorg.sqlite.tmpdir=<directory> to jvm.options and restart the server."),
  /** The file system cannot share memory, which WAL requires. */
  DATABASE_FILE_SYSTEM(
      29,
      Level.FAULT,
      "The file system of the database does not support SQLite''s WAL mode ({0}).",
      "Move {1} to a local disk, and set pairing.storage.path. For several servers, set"
          + " pairing.storage.url to a PostgreSQL database."),
  /** The server's user may not access the SQLite file. */
  DATABASE_NO_ACCESS(
      30,
      Level.FAULT,
      "The server''s user has no access to the database ({0}).",
      "Give the user {1} the right to read and write {2}, and to create files in its directory. The"
          + " server recovers without a restart."),

  // The broker

  /** Nothing delivers the messages of the in-process broker. */
  BROKER_WITHOUT_OBSERVER(
      31,
      Level.WARNING,
      "The broker is in-process and no module observes its messages. Strangers do not receive"
          + " their codes. Challenges wait in the outbox.",
      "Set pairing.broker.url, deploy a module that observes BrokerMessage, or let the callers of"
          + " /inbound send the text themselves (\"deliver\": false)."),
  /** NATS was not reached since the start. */
  BROKER_NOT_CONNECTED(
      32,
      Level.FAULT,
      "The server has not connected to NATS yet ({0}).",
      "Check that NATS is running, and that pairing.broker.url and the credentials in"
          + " pairing.broker are correct. After a change of the URL, a password or a token, restart"
          + " the server. Challenges wait in the outbox until the server connects."),
  /** The connection to NATS is lost. */
  BROKER_CONNECTION_LOST(
      33,
      Level.FAULT,
      "The server is not connected to NATS ({0}).",
      "Check that NATS is running, and that pairing.broker.url and the credentials in"
          + " pairing.broker are correct. After a change of the URL, a password or a token, restart"
          + " the server. Challenges wait in the outbox until the server reconnects."),
  /** Messages in the outbox are old. */
  OUTBOX_DELAYED(
      34,
      Level.WARNING,
      "Messages waiting in the outbox: {0}. The oldest has waited for 5 minutes or more.",
      "Fix what the checks ''broker'' and ''notices'' report. Check that the channel plugins are"
          + " running."),

  // The signing key

  /** Other users can read or change a key file. */
  KEY_FILE_OPEN(
      41,
      Level.FAULT,
      "The key file {0} is accessible to other users.",
      "If a container mounts it, set mode 0440, owner root and a group of the server''s process"
          + " (Kubernetes: fsGroup and defaultMode: 0440). Otherwise, run: chmod 600 ''{0}''"),
  /** A key file cannot be read. */
  KEY_FILE_UNREADABLE(
      42,
      Level.FAULT,
      "The key file {0} cannot be read ({1}).",
      "Give the server''s user the right to read it, or move it away."),
  /** A key file does not contain a key. */
  KEY_FILE_MALFORMED(
      43,
      Level.FAULT,
      "The key file {0} does not contain exactly 32 bytes.",
      "Replace it with the correct file, or move it away."),
  /** This server lacks the key of the other servers. */
  KEY_FILE_MISSING(
      44,
      Level.FAULT,
      "The key file {0} is missing, and this database already has a key.",
      "Copy it from {1} or from a backup."),
  /** This server has another key than the other servers. */
  KEY_FILE_DIFFERENT(
      45,
      Level.FAULT,
      "The key file {0} is different from the key of the other servers of this database.",
      "Copy it from {1} or from a backup."),
  /** This server has a key that was replaced. */
  KEY_FILE_REPLACED(
      46,
      Level.FAULT,
      "The key file {0} contains a key that was replaced.",
      "Replace the file with the newest key."),
  /** The new key could not be moved to its place. */
  KEY_FILE_NOT_IN_PLACE(
      47,
      Level.FAULT,
      "The key file {0} is not the active key. The active key is in a file beside it and could not"
          + " be renamed.",
      "Give the server''s user the right to write in the directory. If {0} is a foreign key, move"
          + " it away."),
  /** The file of a previous key cannot be used. */
  PREVIOUS_KEY_UNUSABLE(
      48,
      Level.WARNING,
      "A previous key is not used for verification. {0}",
      "If the key is no longer needed, remove its path from"
          + " pairing.setup_code.previous_secret_paths. Otherwise, fix the file. {1}"),
  /** The file of a previous key is missing. */
  PREVIOUS_KEY_MISSING(
      49,
      Level.WARNING,
      "The previous key file {0} is missing.",
      "Restore the file from a backup, or remove its path from"
          + " pairing.setup_code.previous_secret_paths."),
  /** A user other than the server's owns the key file. */
  KEY_FILE_OWNER(
      50,
      Level.WARNING,
      "The key file {0} belongs to {1}, who can read it, and not to {2}.",
      "Run: chown {2} ''{0}''"),

  // Who is admitted

  /** No account challenges strangers. */
  POLICY_OFF(
      51,
      Level.WARNING,
      "Everyone is admitted because the policy is off.",
      "Set pairing.policy.auto_challenge: true in pairing.yaml, or"
          + " PAIRING_POLICY_AUTO_CHALLENGE=true in the environment."),
  /** An account has no allowed senders. */
  NOBODY_ALLOWED(
      52,
      Level.WARNING,
      "The account {0}:{1} challenges strangers and has no allowed senders. No message is"
          + " admitted.",
      "Approve a pending request, or add a sender that you know. Run: nexo-pair seed {0} {1}"
          + " <sender>"),
  /** Further accounts have no allowed senders. */
  NOBODY_ALLOWED_ON_OTHERS(
      53,
      Level.WARNING,
      "Further accounts that challenge strangers and have no allowed senders: {0}.",
      "Approve their pending requests. To list the requests, run: nexo-pair list"),
  /** A variable does not open an account, because its name fits others better. */
  POLICY_VARIABLE_IGNORED(
      54,
      Level.WARNING,
      "{0} does not turn off the policy of {1}, because the name of the variable also fits other"
          + " accounts.",
      "Remove the variable, and set pairing.policy.{2}.auto_challenge in pairing.yaml."),

  /** A row of allow-from is not in canonical form. */
  RAW_SENDER(
      55,
      Level.WARNING,
      "A row of allow-from on {0}:{1} never matches a message, because its id is not in canonical"
          + " form: {2}. Nexo stores ids as they were typed.",
      "To replace the row by one in canonical form, run: nexo-pair revoke {0}:{2} --account {1} &&"
          + " nexo-pair seed {0} {1} {2}"),
  /** A row of allow-from has an id that the adapter rejects. */
  RAW_SENDER_REJECTED(
      56,
      Level.WARNING,
      "A row of allow-from on {0}:{1} never matches a message, because the channel rejects its id:"
          + " {2}.",
      "If it is mistyped, seed the right id. To revoke the row, run: nexo-pair revoke {0}:{2}"
          + " --account {1}"),
  /** Further rows of allow-from never match. */
  RAW_SENDERS_MORE(
      57,
      Level.WARNING,
      "Further rows of allow-from that never match a message: {0}.",
      "Fix the rows that are named. Then run doctor again."),
  /**
   * A row of allow-from is not in canonical form, and its sender may not be admitted without end.
   */
  RAW_SENDER_ENDED(
      58,
      Level.WARNING,
      "A row of allow-from on {0}:{1} never matches a message, because its id is not in canonical"
          + " form: {2}. Its sender was revoked, denied or blocked here, or the admission has an"
          + " end.",
      "To revoke the row too, run: nexo-pair revoke {0}:{2} --account {1}"),

  // The public URL

  /** The configured public URL is invalid. */
  PUBLIC_URL_REFUSED(
      61,
      Level.FAULT,
      "The server cannot create setup codes because the URL in {0} is invalid.",
      "Correct the URL: {1}."),
  /** No public URL is configured. */
  PUBLIC_URL_UNKNOWN(
      62,
      Level.WARNING,
      "The server cannot create setup codes because its public URL is not configured.",
      "Set pairing.public_url in pairing.yaml, or PAIRING_PUBLIC_URL in the environment, for"
          + " example to wss://nexo.example.com."),
  /** The tunnel's URL is invalid and not used. */
  TUNNEL_URL_REFUSED(
      63,
      Level.WARNING,
      "The URL in NEXO_TUNNEL_URL is invalid. The server uses pairing.public_url instead.",
      "Remove NEXO_TUNNEL_URL from the environment, or correct it: NEXO_TUNNEL_URL {0}."),
  /** The tunnel's file is old. */
  TUNNEL_FILE_OLD(
      64,
      Level.WARNING,
      "{0} was written {1} hours ago. The tunnel may have a different URL now.",
      "Check whether the tunnel is running. If it is not, restart it or delete the file."),
  /** The tunnel's file is no longer there. */
  TUNNEL_FILE_UNREADABLE(
      65, Level.WARNING, "{0} can no longer be read ({1}).", "Run doctor again."),
  /** A proxy answers for this server. */
  PUBLIC_URL_PROXY_ERROR(
      66,
      Level.WARNING,
      "The public URL responds with HTTP {0}. The proxy cannot reach this server.",
      "Check that the proxy forwards requests to this server''s address and port."),
  /** DNS does not know the host of the public URL. */
  PUBLIC_URL_UNRESOLVED(
      67,
      Level.WARNING,
      "The host name of the public URL cannot be resolved from this server.",
      "Check the spelling of the host name and its DNS record. If only this server cannot resolve"
          + " it, companions may still connect."),
  /** The certificate at the public URL is not trusted. */
  PUBLIC_URL_UNTRUSTED(
      68,
      Level.WARNING,
      "The certificate of the public URL is not trusted by this server.",
      "Get a certificate for this host name from a known authority. Companions do not trust the"
          + " current one either, unless they are configured to."),
  /** The server at the public URL does not use TLS. */
  PUBLIC_URL_WITHOUT_TLS(
      69,
      Level.WARNING,
      "The public URL begins with wss://, but the server there does not use TLS.",
      "Check the host and port of the public URL, and enable TLS in the server or proxy there. Use"
          + " ws:// only if companions connect over a private network."),
  /** The TLS handshake at the public URL fails. */
  PUBLIC_URL_HANDSHAKE_FAILED(
      70,
      Level.WARNING,
      "The server at the public URL accepts connections, but the TLS handshake fails ({0}).",
      "Check whether the server or proxy at that host and port uses TLS and has a certificate for"
          + " this host name. Its log may contain the reason."),
  /** The TLS handshake at the public URL does not end in time. */
  PUBLIC_URL_HANDSHAKE_TIMED_OUT(
      71,
      Level.WARNING,
      "The server at the public URL accepts connections but does not complete a TLS handshake"
          + " within {0} s. It may use plain HTTP.",
      "Check the host and port of the public URL, and enable TLS in the server or proxy there. Use"
          + " ws:// only if companions connect over a private network."),
  /** The public URL does not respond. */
  PUBLIC_URL_UNREACHABLE(
      72,
      Level.WARNING,
      "The public URL cannot be reached from this server ({0}).",
      "Check the DNS record of the host name, and whether the tunnel, proxy or port forwarding"
          + " is running. If only this server cannot reach it, companions may still connect."),

  // The HTTP server

  /** The server's own port does not respond. */
  HTTP_PORT_UNREACHABLE(
      81,
      Level.WARNING,
      "The server does not respond to its own requests on port {0} ({1}).",
      "Run doctor again. If this is reported again, check whether a firewall blocks connections"
          + " from this machine to that port."),
  /** The server caches how it parsed a path. */
  HTTP_PATH_CACHE(
      82,
      Level.FAULT,
      "The server reuses the parsed path of an earlier request ({0}). Any client can make"
          + " /api/v1/inbound respond with 405 until the next restart.",
      "Add the line -DinvocationCacheSize=0 to jvm.options and restart the server."),
  /** The server keeps statistics of each path. */
  HTTP_STATISTICS(
      83,
      Level.FAULT,
      "The server keeps a histogram of 400 KB for every method and path that any client requests."
          + " It can run out of memory.",
      "Add <monitor filter=\"JVM\"/> to server.xml."),
  /** The server switches to HTTP/2. */
  HTTP_UPGRADE(
      84,
      Level.FAULT,
      "The server switches to HTTP/2 on request. A client can bypass the rules of a proxy in front"
          + " of it.",
      "Add protocolVersion=\"http/1.1\" to the httpEndpoint in server.xml."),
  /** The server decompresses request bodies. */
  HTTP_DECOMPRESSION(
      85,
      Level.FAULT,
      "The server decompresses request bodies before it checks them. A body of 1 MB can expand to"
          + " 1 GB.",
      "Add <httpOptions autoDecompression=\"false\"/> to the httpEndpoint in server.xml."),
  /** Other machines can connect without TLS, although there is a port with TLS. */
  CLEARTEXT_BESIDE_TLS(
      86,
      Level.WARNING,
      "Other machines can reach the server without TLS on port {0}.",
      "Set HTTP_HOST to 127.0.0.1 so that other machines use HTTPS, or block that port for them."),
  /** Other machines can connect, and only without TLS. */
  CLEARTEXT_ONLY(
      87,
      Level.WARNING,
      "Other machines can reach the server without TLS on port {0}. Passwords and codes can be read"
          + " on the network.",
      "Set HTTPS_PORT, or set HTTP_HOST to 127.0.0.1 and use a proxy with TLS."),

  // The configuration

  /** Environment variables have no effect. */
  VARIABLES_UNKNOWN(
      91,
      Level.WARNING,
      "These environment variables are unknown and have no effect: {0}.",
      "Correct their names, or remove them from the server''s environment. config/pairing.yaml"
          + " lists every key."),

  // Failed attempts

  /** A login failed within the last hour. */
  LOGIN_FAILED(
      101,
      Level.WARNING,
      "Failed attempts of {0} from {1}: {2}, the last {3} s ago.",
      "Check the program at that address. {4} If you do not know who uses the address, block it in"
          + " the firewall."),
  /** A login is locked for an address. */
  LOGIN_LOCKED(
      102,
      Level.WARNING,
      "Failed attempts of {0} from {1}: {2}. Even the right secret is refused from there for"
          + " another {3} s.",
      "Check the program at that address. {4} If you do not know who uses the address, block it in"
          + " the firewall. To end the lock on this server, run: nexo-pair unlock {1}"),

  // A replaced database

  /** Another SQLite file is in the place of the open one. */
  DATABASE_FILE_REPLACED(
      111,
      Level.FAULT,
      "The database was replaced under the running server: {0}.",
      "To use the database that is at {1} now, restart the server; if no file is there, the"
          + " restart creates an empty one. To keep the previous database, move its files back; the"
          + " server recovers without a restart. To restore a backup, stop the server and run:"
          + " nexo-pair restore <file>"),
  /** PostgreSQL was restored, or an older primary is back. */
  DATABASE_SERVER_REPLACED(
      112,
      Level.FAULT,
      "The database was replaced under the running server: {0}.",
      "If an old primary is back, stop it and remove it from {1}; the server recovers without a"
          + " restart. To accept the database as it is now, restart every pairing server, and repeat"
          + " the revocations and blocks that it lacks."),
  /** The database was migrated by a newer release, or restored from its backup. */
  DATABASE_NEWER(
      116,
      Level.FAULT,
      "This release cannot use the database ({0}).",
      "Install the release that made {1}, or a newer one. Otherwise stop the server, run:"
          + " nexo-pair restore <file> with a backup made by this release (PostgreSQL: pg_restore),"
          + " and start the server."),

  // Challenges

  /** An account drops strangers because of its budget. */
  BUDGET_USED(
      134,
      Level.WARNING,
      "The account {0}:{1} has made {2} challenges within an hour and may make {3}. Further strangers"
          + " are dropped (budget) until {4}.",
      "The console''s page Dropped lists them. To admit a sender that you know, run: nexo-pair seed"
          + " {0} {1} <sender>. To challenge more strangers, raise"
          + " pairing.policy.{0}.{1}.challenges_per_hour in pairing.yaml."),

  // Held messages

  /** Held messages are encrypted under a key that this server does not have. */
  HELD_UNREADABLE(
      137,
      Level.WARNING,
      "Held messages that this server cannot decrypt: {0}. The signing key {1}… is missing.",
      "Copy the key file with this fingerprint (sha256sum) from another server or a backup, and name"
          + " it in pairing.setup_code.previous_secret_paths. If it is lost, the messages are too:"
          + " they are deleted when their senders are denied or revoked."),
  /** Approved messages wait for a setting. */
  HELD_NOT_FORWARDED(
      138,
      Level.WARNING,
      "Held messages of approved senders cannot be delivered: there is no forward prefix.",
      "Set pairing.bus.forward_prefix as before, and restart the server."),

  // Notices to operators

  /** The last notice of a way was not sent. */
  NOTICES_FAILING(
      140,
      Level.WARNING,
      "Operators are not told of new requests by {0}. The last attempt failed at {1}: {2}.",
      "Fix the cause, then run: nexo-pair notices --test {0}"),
  /** The receiver of a way wants no more notices. */
  NOTICES_GONE(
      141,
      Level.WARNING,
      "Operators are not told of new requests by {0}: its receiver answered 410 Gone.",
      "Correct its URL and restart the server, or, if the receiver works again, run:"
          + " nexo-pair notices --test {0}"),
  /** The owner chat has no owners. */
  OWNER_CHAT_NOBODY(
      145,
      Level.WARNING,
      "Owners are notified in their chats (pairing.notify.owner_chat), but no sender has the role owner.",
      "Run: nexo-pair update <channel> <account> <sender> --role owner"),
  /** An owner is a group, or has a name that can get another owner. */
  OWNER_WITHOUT_CHAT(
      146,
      Level.WARNING,
      "{2} on {0}:{1} has the role owner, but is neither told of requests nor decides in the chat: it"
          + " is a group, or a name that the channel can give to another person.",
      "Give the role to the person''s own id instead. Run: nexo-pair update {0} {1} <sender> --role"
          + " owner"),

  // A changed configuration

  /** The changed configuration is invalid. */
  RELOAD_FAILED(
      160,
      Level.FAULT,
      "The changed configuration is not used, and the previous settings stay active: {0}",
      "Correct what the message names; the server reads the file again within 5 s. Do not restart"
          + " the server before: it would not start, or start without these settings."),
  /** Changed settings need a restart. */
  RESTART_NEEDED(
      161,
      Level.WARNING,
      "These settings have changed and become active with the next start: {0}",
      "Restart the server, for example with: systemctl restart nexo-pairing");

  private final int number;
  private final Level level;
  private final String text;
  private final String remedy;

  DoctorMessage(int number, Level level, String text, String remedy) {
    this.number = number;
    this.level = level;
    this.text = text;
    this.remedy = remedy;
  }

  /** Returns the id, such as {@code NXP-1001}. */
  public String id() {
    return "NXP-%04d".formatted(1000 + number);
  }

  /** Returns how serious it is. */
  public Level level() {
    return level;
  }

  /** Returns the pattern of the text. */
  public String text() {
    return text;
  }

  /** Returns the pattern of the remedy. */
  public String remedy() {
    return remedy;
  }

  /** Returns how many arguments the text and the remedy have together. */
  int arguments() {
    return Math.max(arguments(text), arguments(remedy));
  }

  private static int arguments(String pattern) {
    return new MessageFormat(pattern, Locale.ROOT).getFormatsByArgumentIndex().length;
  }

  /**
   * Returns a finding with this message.
   *
   * @param check the name of the check, such as {@code database_file}
   * @param arguments the arguments of the text and the remedy; numbers are formatted without
   *     grouping
   * @throws IllegalArgumentException if the number of arguments is wrong
   */
  public Finding finding(String check, Object... arguments) {
    if (arguments.length != arguments()) {
      throw new IllegalArgumentException(name() + " has " + arguments() + " arguments");
    }
    Object[] strings = Arrays.stream(arguments).map(String::valueOf).toArray();
    return new Finding(check, level, id(), format(text, strings), format(remedy, strings));
  }

  private static String format(String pattern, Object... arguments) {
    return new MessageFormat(pattern, Locale.ROOT).format(arguments);
  }
}
