package dev.nexo.pairing.keys;

import dev.nexo.pairing.codec.SigningKey;
import dev.nexo.pairing.config.SetupCodeSettings;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The key files of this server: the one of the configuration, previous ones that the configuration
 * names, and beside the first those that replacing it has left or not yet put in its place ({@link
 * KeyFileNames}). Several servers may share them.
 */
@Component
class KeyFiles {

  private static final Logger LOG = System.getLogger(KeyFiles.class.getName());

  private final Path path;
  private final List<Path> previousPaths;
  private final KeyFileNames names;
  private final SecureRandom random;

  @Inject
  KeyFiles(SetupCodeSettings settings, SecureRandom random) {
    this.path = settings.secretPath().toAbsolutePath();
    this.previousPaths =
        settings.previousSecretPaths().stream().map(Path::toAbsolutePath).distinct().toList();
    this.names = new KeyFileNames(path);
    this.random = random;
  }

  /** Where this server's own key lies, or will lie. */
  Path path() {
    return path;
  }

  /** The same with this machine's name, for people on others. */
  String origin() {
    try {
      return InetAddress.getLocalHost().getHostName() + ":" + path;
    } catch (UnknownHostException e) {
      return "localhost:" + path;
    }
  }

  /**
   * What there is.
   *
   * @param own the file of the configuration
   * @param previous the fit ones among the previous files, by fingerprint
   * @param siblings the fit ones among those that lie beside the first, by fingerprint
   * @param drafts the fingerprints of those that are not yet in its place
   * @param faults what is wrong with the previous files
   */
  record Look(
      KeyFile.Found own,
      Map<String, SigningKey> previous,
      Map<String, SigningKey> siblings,
      List<String> drafts,
      List<KeyProblem> faults) {}

  /** Looks at all of them; never throws. */
  Look look() {
    Map<String, SigningKey> previous = new LinkedHashMap<>();
    List<KeyProblem> faults = new ArrayList<>();
    for (Path file : previousPaths) {
      KeyFile.Found found = KeyFile.read(file);
      if (found instanceof KeyFile.Fit fit) {
        previous.put(fit.key().fingerprint(), fit.key());
      } else if (found instanceof KeyFile.Unfit unfit) {
        faults.add(unfit.trouble());
      } else {
        faults.add(
            new KeyProblem(
                KeyProblem.MISSING,
                file + " is not there: take it out of pairing.setup_code.previous_secret_paths"));
      }
    }
    Map<String, SigningKey> siblings = new LinkedHashMap<>();
    List<String> drafts = new ArrayList<>();
    for (Path file : siblings()) {
      KeyFileNames.Name name = names.read(file).orElse(null);
      if (name != null
          && KeyFile.read(file) instanceof KeyFile.Fit fit
          && fit.key().fingerprint().equals(name.fingerprint())) {
        siblings.put(name.fingerprint(), fit.key());
        if (name.isDraft()) {
          drafts.add(name.fingerprint());
        }
      }
    }
    return new Look(KeyFile.read(path), previous, siblings, drafts, faults);
  }

  private List<Path> siblings() {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(path.getParent(), names::isBeside)) {
      files.forEach(found::add);
    } catch (IOException | DirectoryIteratorException e) {
      // A directory that is missing or hides its names: the keys in it are unknown, which is told
      // where one of them is needed.
    }
    return found;
  }

  /**
   * Makes the first key.
   *
   * @throws IOException where it cannot be made; one that is there by now stays and is no fault
   */
  void make() throws IOException {
    try {
      PrivateFile.make(path, newKey());
    } catch (FileAlreadyExistsException e) {
      // Another server on the same directory was quicker; its key counts.
    }
  }

  /**
   * Makes a new key and keeps it beside the one in use, and that one where it stays.
   *
   * @return the new one
   */
  SigningKey draft() throws IOException {
    keepOwn();
    byte[] bytes = newKey();
    SigningKey key = new SigningKey(bytes);
    PrivateFile.make(names.draft(key.fingerprint()), bytes);
    return key;
  }

  /** Puts a new key in the place of the one in use, unless another server has done so. */
  void putInPlace(String fingerprint) throws IOException {
    Path draft = names.draft(fingerprint);
    try {
      if (keepOwn()) {
        Files.move(
            draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.createLink(path, draft);
        Files.delete(draft);
      }
      PrivateFile.sync(path.getParent());
    } catch (NoSuchFileException | FileAlreadyExistsException e) {
      // Another server on the same directory was quicker.
    }
  }

  /** Whether there is a key in use; it is kept as an old one. */
  private boolean keepOwn() throws IOException {
    if (!(KeyFile.read(path) instanceof KeyFile.Fit own)) {
      return false;
    }
    Path old = names.old(own.key().fingerprint());
    try {
      PrivateFile.make(old, own.bytes());
    } catch (FileAlreadyExistsException e) {
      if (!(KeyFile.read(old) instanceof KeyFile.Fit kept)
          || !kept.key().fingerprint().equals(own.key().fingerprint())) {
        throw new FileSystemException(old.toString(), null, "is in the way of the old key");
      }
    }
    return true;
  }

  /** Deletes what has been kept of a key, new or old; not the one in use. */
  void forget(String fingerprint) {
    delete(names.draft(fingerprint));
    delete(names.old(fingerprint));
  }

  /**
   * Deletes what a crash has left, from before a time: files half made, and new keys that never
   * counted.
   *
   * @param counted the fingerprints of keys that have ever counted
   */
  void forgetLeftovers(Set<String> counted, Instant before) {
    for (Path file : siblings()) {
      boolean useless =
          names
              .read(file)
              .map(name -> name.isDraft() && !counted.contains(name.fingerprint()))
              .orElseGet(() -> names.isUnfinished(file));
      if (useless && isOlder(file, before)) {
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

  /** What cannot be deleted is tried again; it is its owner's alone and counts for nothing. */
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
