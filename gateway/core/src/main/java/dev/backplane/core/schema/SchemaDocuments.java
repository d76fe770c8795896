package dev.backplane.core.schema;

import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A schema's file and the files beside it that it refers to. A reference may lead anywhere within
 * the file, to a file in the same directory or below, and nowhere else: never to the network.
 */
final class SchemaDocuments {
  /** References in 2020-12; a dynamic one is followed to where it leads by itself. */
  static final List<String> REFERENCES = List.of("$ref", "$dynamicRef");

  private final SchemaFiles files;
  private final Path directory;
  private final Map<URI, JsonValue> read = new LinkedHashMap<>();
  private final Map<URI, JsonValue> resources = new HashMap<>();
  private final Map<String, JsonValue> anchors = new HashMap<>();
  private final IdentityHashMap<JsonValue, URI> bases = new IdentityHashMap<>();
  private final Map<URI, Path> directories = new HashMap<>();
  private final Set<Path> paths = new LinkedHashSet<>();
  private final URI root;

  SchemaDocuments(Path file, SchemaFiles files) {
    this.files = files;
    this.directory = directory(file);
    this.root = file.toUri();
    add(root, files.read(file), file);
    followAll();
  }

  URI root() {
    return root;
  }

  /** What was read, by where it was looked for; the first is the schema itself. */
  Map<URI, JsonValue> read() {
    return Collections.unmodifiableMap(read);
  }

  Set<Path> files() {
    return Collections.unmodifiableSet(paths);
  }

  JsonValue schema() {
    return resource(root);
  }

  /** Every schema in what was read. */
  List<JsonObject> all() {
    return bases.keySet().stream()
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .toList();
  }

  /** Where a reference of a schema leads, once everything has been read. */
  Optional<JsonValue> follow(JsonObject schema, String keyword) {
    return text(schema, keyword)
        .flatMap(reference -> follow(bases.getOrDefault(schema, root), reference));
  }

  private static Path directory(Path file) {
    return Optional.ofNullable(file.getParent()).orElse(file);
  }

  private JsonValue resource(URI uri) {
    return Optional.ofNullable(resources.get(uri)).orElseThrow();
  }

  private void add(URI retrieved, JsonValue schema, Path file) {
    read.put(retrieved, schema);
    paths.add(file);
    resources.put(retrieved, schema);
    directories.put(retrieved.resolve("."), directory(file));
    index(schema, retrieved, file);
  }

  /** Notes what can be referred to, and from where its own references count. */
  private void index(JsonValue schema, URI outer, Path file) {
    if (!(schema instanceof JsonObject object)) {
      return;
    }
    URI base = outer;
    Optional<String> id = text(object, "$id");
    if (id.isPresent()) {
      base = outer.resolve(uri(id.get().endsWith("#") ? id.get().replace("#", "") : id.get()));
      JsonValue before = resources.put(base, object);
      if ((before != null && !before.equals(object)) || !files.isOnlyIn(file, base)) {
        throw new SchemaException("has an \"$id\" that another schema has, too");
      }
      directories.putIfAbsent(base.resolve("."), directory(file));
    }
    bases.put(object, base);
    for (String anchor : List.of("$anchor", "$dynamicAnchor")) {
      Optional<String> name = text(object, anchor);
      if (name.isPresent()) {
        anchors.putIfAbsent(base + "#" + name.get(), object);
      }
    }
    URI inner = base;
    SubSchemas.inside(object).forEach(sub -> index(sub, inner, file));
  }

  private void followAll() {
    Set<JsonValue> done = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<JsonObject> left = new ArrayDeque<>(all());
    while (!left.isEmpty()) {
      JsonObject schema = left.pop();
      if (done.add(schema)) {
        REFERENCES.forEach(keyword -> require(schema, keyword));
        all().stream().filter(each -> !done.contains(each)).forEach(left::push);
      }
    }
  }

  private void require(JsonObject schema, String keyword) {
    Optional<String> reference = text(schema, keyword);
    if (reference.isEmpty()) {
      return;
    }
    URI base = bases.getOrDefault(schema, root);
    if (follow(base, reference.get()).isEmpty()) {
      load(base.resolve(uri(reference.get())));
    }
    JsonValue target =
        follow(base, reference.get())
            .orElseThrow(() -> new SchemaException(leadsNowhere(keyword, reference.get())));
    if (!(target instanceof JsonObject || target instanceof JsonBoolean)) {
      throw new SchemaException(leadsTo(keyword, reference.get()) + "which is no schema");
    }
    bases.putIfAbsent(target, base); // it may stand where no keyword has a schema
  }

  private static String leadsNowhere(String keyword, String reference) {
    boolean network = reference.startsWith("http:") || reference.startsWith("https:");
    return leadsTo(keyword, reference)
        + (network
            ? "but the gateway never reads a schema from the network: put it beside the file, and"
                + " refer to it by the file's name"
            : "which is neither in the file nor in a file beside it");
  }

  private static String leadsTo(String keyword, String reference) {
    return "has a \"" + keyword + "\" to \"" + Words.shortened(reference) + "\", ";
  }

  private Optional<JsonValue> follow(URI base, String reference) {
    URI whole = base.resolve(uri(reference));
    String text = whole.toString();
    int hash = text.indexOf('#');
    URI document = hash < 0 ? whole : URI.create(text.substring(0, hash));
    String fragment = hash < 0 ? "" : decoded(text.substring(hash + 1));
    if (reference.startsWith("#")) {
      document = base; // which resolve would take the name of
    }
    JsonValue resource = resources.get(document);
    if (resource == null) {
      return Optional.empty();
    }
    if (fragment.isEmpty()) {
      return Optional.of(resource);
    }
    return fragment.startsWith("/")
        ? Pointers.find(resource, fragment)
        : Optional.ofNullable(anchors.get(document + "#" + fragment));
  }

  /** Reads a file beside one that was read already, if there is one. */
  private void load(URI target) {
    String text = target.toString();
    int hash = text.indexOf('#');
    URI wanted = hash < 0 ? target : URI.create(text.substring(0, hash));
    if (resources.containsKey(wanted)) {
      return;
    }
    for (var known : Map.copyOf(directories).entrySet()) {
      URI relative = known.getKey().relativize(wanted);
      if (relative.isAbsolute() || relative.getPath() == null || relative.getPath().isEmpty()) {
        continue;
      }
      Optional<Path> file = file(known.getValue(), relative.getPath());
      if (file.filter(path -> path.startsWith(directory) && files.exists(path)).isPresent()) {
        add(wanted, files.read(file.get()), file.get());
        return;
      }
    }
  }

  /** The file of that path; empty where no file can have it. */
  private static Optional<Path> file(Path directory, String path) {
    try {
      return Optional.of(directory.resolve(path).normalize());
    } catch (InvalidPathException none) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(JsonObject schema, String keyword) {
    return schema.get(keyword).filter(JsonString.class::isInstance).flatMap(JsonValue::text);
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException malformed) {
      throw new SchemaException("has an \"$id\" or a \"$ref\" that is not a URI");
    }
  }

  private static String decoded(String fragment) {
    return URLDecoder.decode(fragment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
