package dev.nexo.pairing.keys;

import dev.nexo.pairing.codec.SigningKey;
import dev.nexo.pairing.config.SetupCodeSettings;
import dev.nexo.pairing.internal.DoctorMessage;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.PrivateFile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key files of this server, which several servers may share:
 *
 * <ul>
 *   <li>{@code pairing.key}: the key file, at the configured path;
 *   <li>{@code pairing.key.<fingerprint>.old}: a copy of a key that was replaced;
 *   <li>{@code pairing.key.<fingerprint>.new}: a draft, a new key that is not yet in place;
 *   <li>the files of previous keys that the configuration names.
 * </ul>
 */
@Component
class KeyFiles {

  private static final Logger LOG = System.getLogger(KeyFiles.class.getName());

  private final Path path;
  private final List<Path> previousPaths;
  private final SecureRandom random;

  /** The start of the names of all files beside the key file. */
  private final String prefix;

  private final Pattern sibling;
  private final Pattern unfinished;

  @Inject
  KeyFiles(SetupCodeSettings settings, SecureRandom random) {
    this.path = settings.secretPath().toAbsolutePath();
    this.previousPaths =
        settings.previousSecretPaths().stream().map(Path::toAbsolutePath).distinct().toList();
    this.random = random;
    this.prefix = path.getFileName() + ".";
    String start = Pattern.quote(prefix);
    this.sibling = Pattern.compile(start + "(?<fingerprint>[0-9a-f]{64})\\.(?<kind>old|new)");
    this.unfinished =
        Pattern.compile(
            start + "([0-9a-f]{64}\\.(old|new)\\.)?[0-9]+" + Pattern.quote(PrivateFile.DRAFT));
  }

  /** Returns the path of the key file, which may not exist yet. */
  Path path() {
    return path;
  }

  /** Returns the host name and the path of the key file, for operators of other servers. */
  String origin() {
    try {
      return InetAddress.getLocalHost().getHostName() + ":" + path;
    } catch (UnknownHostException e) {
      return "localhost:" + path;
    }
  }

  /**
   * The files at one moment.
   *
   * @param own the key file
   * @param previous the usable previous keys, by fingerprint
   * @param siblings the usable keys beside the key file, old ones and drafts, by fingerprint
   * @param drafts the fingerprints of the drafts among the siblings
   * @param previousProblems the problems of the files of previous keys
   */
  record Snapshot(
      KeyFile.Content own,
      Map<String, SigningKey> previous,
      Map<String, SigningKey> siblings,
      Set<String> drafts,
      List<KeyProblem> previousProblems) {}

  /** Reads all files. Throws no exceptions. */
  Snapshot read() {
    Map<String, SigningKey> previous = new LinkedHashMap<>();
    List<KeyProblem> problems = new ArrayList<>();
    for (Path file : previousPaths) {
      KeyFile.Content content = KeyFile.read(file);
      if (content instanceof KeyFile.Usable usable) {
        previous.put(usable.key().fingerprint(), usable.key());
      } else if (content instanceof KeyFile.Unusable unusable) {
        problems.add(unusable.problem());
      } else {
        problems.add(
            new KeyProblem(
                KeyProblem.MISSING,
                DoctorMessage.PREVIOUS_KEY_MISSING.finding(SigningKeyCheck.PREVIOUS, file)));
      }
    }
    Map<String, SigningKey> siblings = new HashMap<>();
    Set<String> drafts = new HashSet<>();
    for (Path file : siblings()) {
      Matcher name = sibling.matcher(name(file));
      if (name.matches()
          && KeyFile.read(file) instanceof KeyFile.Usable usable
          && usable.key().fingerprint().equals(name.group("fingerprint"))) {
        siblings.put(name.group("fingerprint"), usable.key());
        if (name.group("kind").equals("new")) {
          drafts.add(name.group("fingerprint"));
        }
      }
    }
    return new Snapshot(KeyFile.read(path), previous, siblings, drafts, problems);
  }

  private List<Path> siblings() {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(path.getParent(), file -> name(file).startsWith(prefix))) {
      files.forEach(found::add);
    } catch (IOException | DirectoryIteratorException e) {
      // The keys in a missing or unreadable directory are unknown. This is reported if one of them
      // is needed.
    }
    return found;
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private Path old(String fingerprint) {
    return path.resolveSibling(prefix + fingerprint + ".old");
  }

  private Path draft(String fingerprint) {
    return path.resolveSibling(prefix + fingerprint + ".new");
  }

  /**
   * Creates the key file with a new key. If the file exists, it stays as it is.
   *
   * @throws IOException if the file cannot be created
   */
  void create() throws IOException {
    try {
      PrivateFile.make(path, newKey());
    } catch (FileAlreadyExistsException e) {
      // Another server on the same directory was faster; its key is used.
    }
  }

  /** Saves the key in use as an old one, and a new key as a draft, which is returned. */
  SigningKey createDraft() throws IOException {
    saveOwn();
    byte[] bytes = newKey();
    SigningKey key = new SigningKey(bytes);
    PrivateFile.make(draft(key.fingerprint()), bytes);
    return key;
  }

  /** Replaces the key file by a draft, unless another server has done so. */
  void install(String fingerprint) throws IOException {
    Path draft = draft(fingerprint);
    try {
      if (saveOwn()) {
        Files.move(
            draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } else {
        PrivateFile.publish(draft, path);
        Files.deleteIfExists(draft);
      }
      PrivateFile.sync(path.getParent());
    } catch (NoSuchFileException | FileAlreadyExistsException e) {
      // Another server on the same directory was faster.
    }
  }

  /** Saves the key in use as an old one; returns false if there is none. */
  private boolean saveOwn() throws IOException {
    if (!(KeyFile.read(path) instanceof KeyFile.Usable own)) {
      return false;
    }
    Path old = old(own.key().fingerprint());
    try {
      PrivateFile.make(old, own.bytes());
    } catch (FileAlreadyExistsException e) {
      if (!(KeyFile.read(old) instanceof KeyFile.Usable saved)
          || !saved.key().fingerprint().equals(own.key().fingerprint())) {
        throw new FileSystemException(old.toString(), null, "is in the way of the old key");
      }
    }
    return true;
  }

  /** Deletes the old file and the draft of a key; the key file stays. */
  void delete(String fingerprint) {
    delete(draft(fingerprint));
    delete(old(fingerprint));
  }

  /**
   * Deletes files that a crash left before a time: unfinished files, and drafts that were never
   * used.
   *
   * @param known the fingerprints of all keys that were ever used
   */
  void deleteLeftovers(Set<String> known, Instant before) {
    for (Path file : siblings()) {
      Matcher name = sibling.matcher(name(file));
      boolean leftover =
          name.matches()
              ? name.group("kind").equals("new") && !known.contains(name.group("fingerprint"))
              : unfinished.matcher(name(file)).matches();
      if (leftover && isOlder(file, before)) {
        delete(file);
      }
    }
  }

  private static boolean isOlder(Path file, Instant than) {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(than);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Deletes a file. If this fails, the next sweep tries again; only the owner can read the file.
   */
  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "A key that no longer counts could not be deleted", e);
    }
  }

  private byte[] newKey() {
    byte[] bytes = new byte[SigningKey.LENGTH];
    random.nextBytes(bytes);
    return bytes;
  }
}
