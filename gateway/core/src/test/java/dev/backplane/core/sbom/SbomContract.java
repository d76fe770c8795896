package dev.backplane.core.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What holds for the {@code sbom.json} of everything that is shipped. */
public abstract class SbomContract {
  /** Licences under which a library may be shipped with software under Apache-2.0. */
  private static final Set<String> ALLOWED =
      Set.of(
          "Apache-2.0",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "EPL-2.0",
          "ISC",
          "MIT",
          "MIT-0",
          "MPL-2.0",
          "Go License"); // BSD-3-Clause by another name

  /** Without a jar of their own: packed into the jar of the core, or, at most, compiled against. */
  private static final Set<String> WITHOUT_A_JAR = Set.of("org.jspecify", "org.webjars");

  /** The file as it is shipped. */
  protected abstract byte[] sbom() throws Exception;

  /** Each jar that is shipped, by its path, with its content. */
  protected abstract Map<String, byte[]> jars() throws Exception;

  private List<Sbom.Component> components() throws Exception {
    return Sbom.read(sbom()).components();
  }

  @Test
  void each_jar_is_listed_with_its_version_and_check_sum() throws Exception {
    Map<String, Optional<String>> listed = new TreeMap<>();
    components().forEach(each -> listed.put(each.jar(), each.sha256()));
    assertThat(jars()).hasSizeGreaterThan(30);
    for (Map.Entry<String, byte[]> jar : jars().entrySet()) {
      String name = fileName(jar.getKey());
      String library = name.replace("-sources.jar", ".jar");
      assertThat(listed).as(jar.getKey()).containsKey(library);
      if (name.equals(library)) {
        Optional<String> sum = listed.get(library);
        // The program itself has none, as the list is about what it brings.
        assertThat(sum.orElse(sha256(jar.getValue())))
            .as(jar.getKey())
            .isEqualTo(sha256(jar.getValue()));
      }
    }
  }

  @Test
  void only_the_program_itself_is_without_a_check_sum() throws Exception {
    assertThat(components()).filteredOn(each -> each.sha256().isEmpty()).hasSize(1);
  }

  @Test
  void nothing_else_is_listed() throws Exception {
    Set<String> jars = Set.copyOf(jars().keySet().stream().map(SbomContract::fileName).toList());
    assertThat(components())
        .filteredOn(each -> !jars.contains(each.jar()))
        .extracting(Sbom.Component::group)
        .isSubsetOf(WITHOUT_A_JAR)
        .contains("org.webjars");
  }

  @Test
  void each_library_has_a_licence_that_lets_us_ship_it() throws Exception {
    assertThat(components())
        .filteredOn(each -> each.licences().stream().noneMatch(ALLOWED::contains))
        .as("libraries without a licence of those in SbomContract")
        .isEmpty();
  }

  @Test
  void same_sources_give_the_same_list() throws Exception {
    assertThat(new String(sbom(), StandardCharsets.UTF_8))
        .contains("\"cdx:reproducible\"")
        .doesNotContain("\"timestamp\"");
  }

  private static String sha256(byte[] content) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  private static String fileName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
