package dev.backplane.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The comparison of APIs lets a sealed type have more cases, which breaks a plugin that switches
 * over it.
 */
class SealedTypesTest {
  /** What flows into plugins: closed for good. */
  private static final Map<Class<?>, List<String>> CLOSED =
      Map.of(
          Filter.class, List.of("And", "Comparison", "Not", "Or", "Search"),
          Precondition.class, List.of("Absent", "Exists", "Matches", "None"),
          Write.class, List.of("Delete", "Put"),
          JsonValue.class,
              List.of(
                  "JsonArray",
                  "JsonBoolean",
                  "JsonNull",
                  "JsonNumber",
                  "JsonObject",
                  "JsonString"));

  /** What only flows out of plugins. */
  private static final Set<Class<?>> OPEN =
      Set.of(
          DeleteResult.class,
          PutOutcome.class,
          PutResult.class,
          WriteAllResult.class,
          WriteAllResult.Refusal.class);

  @Test
  void types_that_flow_into_plugins_have_the_cases_that_they_had() {
    CLOSED.forEach((type, cases) -> assertThat(cases(type)).as("%s", type).isEqualTo(cases));
  }

  @Test
  void every_sealed_type_is_of_one_kind_or_the_other() throws Exception {
    Set<String> known = new TreeSet<>();
    Stream.concat(CLOSED.keySet().stream(), OPEN.stream()).map(Class::getName).forEach(known::add);
    assertThat(sealedTypes()).isEqualTo(known);
  }

  private static List<String> cases(Class<?> type) {
    return Arrays.stream(type.getPermittedSubclasses()).map(Class::getSimpleName).sorted().toList();
  }

  private static Set<String> sealedTypes() throws IOException, ClassNotFoundException {
    String home = Service.class.getPackageName();
    Set<String> names;
    try (Stream<Path> classes = Files.list(Path.of("target/classes", home.replace('.', '/')))) {
      names =
          classes
              .map(file -> file.getFileName().toString())
              .filter(file -> file.endsWith(".class") && !file.equals("package-info.class"))
              .map(file -> home + "." + file.substring(0, file.length() - ".class".length()))
              .collect(Collectors.toSet());
    }
    Set<String> sealed = new TreeSet<>();
    for (String name : names) {
      if (Class.forName(name).isSealed()) {
        sealed.add(name);
      }
    }
    return sealed;
  }
}
