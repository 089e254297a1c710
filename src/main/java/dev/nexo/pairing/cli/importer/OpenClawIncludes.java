package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.TerminalText;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads a configuration of OpenClaw with the files that it includes: {@code "$include": "<path>"}
 * or a list of paths, relative to the including file. The object's other members have precedence.
 * Objects are merged, and lists are joined. An include that is not followed is reported, and its
 * {@code $include} remains in the object, so that the settings are recognizably incomplete. For one
 * thread.
 */
final class OpenClawIncludes {

  /** The member that names the files. */
  static final String INCLUDE = "$include";

  /** How deeply files may include each other. OpenClaw has the limit 10, too. */
  private static final int MAX_DEPTH = 10;

  private static final int MAX_FILES = 1_000;
  private static final long MAX_BYTES = 16L * 1024 * 1024;

  /** {@code channels.<name>.accounts.<name>.dm.allowFrom} is the deepest member that is read. */
  private static final int MAX_LEVEL = 7;

  private final Path named;
  private final Path top;
  private final SourceContents findings;
  private final Deque<Path> open = new ArrayDeque<>();
  private final Set<Path> read = new HashSet<>();
  private int files;
  private long bytes;

  /**
   * Creates a reader.
   *
   * @param directory the source; files outside it are not read
   * @param findings receives the includes that are not followed
   */
  OpenClawIncludes(Path directory, SourceContents findings) throws IOException {
    this.named = directory.toAbsolutePath().normalize();
    this.top = directory.toRealPath();
    this.findings = findings;
  }

  /** Reads a file in the source and everything that it includes for {@code channels}. */
  JsonValue read(String name) throws IOException {
    return file(top.resolve(name), 0);
  }

  /** Returns whether a name in the source's directory contains a file that was read. */
  boolean isRead(String name) {
    Path path = top.resolve(name);
    return read.stream().anyMatch(file -> file.startsWith(path));
  }

  private JsonValue file(Path file, int level) throws IOException {
    files++;
    bytes += Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
    if (files > MAX_FILES || bytes > MAX_BYTES) {
      throw new CommandException(
          file + " is not read, because openclaw.json includes more than 1,000 files or 16 MiB");
    }
    open.push(file);
    read.add(file);
    JsonValue value = resolve(SourceFiles.json5(file), level);
    open.pop();
    return value;
  }

  private JsonValue resolve(JsonValue value, int level) throws IOException {
    if (!(value instanceof JsonObject object) || level > MAX_LEVEL) {
      return value;
    }
    Map<String, JsonValue> own = new TreeMap<>();
    for (Map.Entry<String, JsonValue> member : object.entrySet()) {
      boolean read = level > 0 || member.getKey().equals("channels");
      JsonValue inner = member.getValue();
      own.put(member.getKey(), read ? resolve(inner, level + 1) : inner);
    }
    JsonValue include = own.remove(INCLUDE);
    if (include == null) {
      return JsonMerge.object(own);
    }
    JsonValue included = included(include, level);
    if (own.isEmpty() && included != null) {
      return included;
    }
    if (included instanceof JsonObject) {
      return JsonMerge.merge(included, JsonMerge.object(own));
    }
    if (included != null) {
      refuse(include.toString(), "it contains no object, and the settings beside it are one");
    }
    own.put(INCLUDE, include);
    return JsonMerge.object(own);
  }

  /** Returns the merged files; null if one of them is not followed. */
  private JsonValue included(JsonValue include, int level) throws IOException {
    List<JsonValue> paths = include instanceof JsonArray list ? list : List.of(include);
    JsonValue merged = null;
    boolean complete = !paths.isEmpty();
    for (JsonValue one : paths) {
      JsonValue part = follow(one, level);
      complete &= part != null;
      if (part != null) {
        merged = merged == null ? part : JsonMerge.merge(merged, part);
      }
    }
    if (!complete && merged instanceof JsonObject object) {
      Map<String, JsonValue> marked = new TreeMap<>(object);
      marked.put(INCLUDE, include);
      return JsonMerge.object(marked);
    }
    return complete ? merged : null;
  }

  private JsonValue follow(JsonValue include, int level) throws IOException {
    if (!(include instanceof JsonString text)) {
      refuse(include.toString(), "it is not a path");
      return null;
    }
    String name = text.getString();
    Path file = inside(name);
    String reason = null;
    if (file == null) {
      reason = "it is not below the source";
    } else if (open.contains(file)) {
      reason = "it includes itself";
    } else if (open.size() > MAX_DEPTH) {
      reason = "more than " + MAX_DEPTH + " files include each other";
    } else if (hasLink(file)) {
      reason = "it is a link, and links are not followed";
    } else if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      reason = "there is no such file";
    }
    if (reason != null) {
      refuse(name, reason);
      return null;
    }
    return file(file, level);
  }

  private Path inside(String name) {
    try {
      Path path = open.element().resolveSibling(name).normalize();
      for (Path directory : List.of(top, named)) {
        if (path.startsWith(directory)) {
          return top.resolve(directory.relativize(path));
        }
      }
      return null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private boolean hasLink(Path file) {
    for (Path path = file; !path.equals(top); path = path.getParent()) {
      if (Files.isSymbolicLink(path)) {
        return true;
      }
    }
    return false;
  }

  private void refuse(String include, String reason) {
    String where = TerminalText.of(top.relativize(open.element()).toString());
    findings.refuse(where, INCLUDE + " " + include, reason);
  }
}
