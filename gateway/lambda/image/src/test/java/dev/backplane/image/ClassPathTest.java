package dev.backplane.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassPathTest {
  private final ClassPath classPath = new ClassPath();

  private static Jar jar(String owner, String name, String artifact, String hash, long content) {
    return new Jar(
        Path.of(name),
        owner,
        artifact,
        hash,
        Map.of("org/example/" + artifact + ".class", content));
  }

  @Test
  void conflicts_whenPluginsBringTwoVersions_nameBothJarsAndPlugins() {
    classPath.add(List.of(jar("plugin jdbc", "pool-1.jar", "org.example:pool", "h1", 1)));
    classPath.add(List.of(jar("plugin mail", "pool-2.jar", "org.example:pool", "h2", 2)));
    assertThat(classPath.conflicts())
        .singleElement()
        .asString()
        .contains("pool-1.jar of plugin jdbc", "pool-2.jar of plugin mail", "org.example:pool");
  }

  @Test
  void conflicts_whenAClassDiffersInJarsOfOtherNames_nameIt() {
    classPath.add(List.of(jar("the function", "a.jar", "a", "h1", 1)));
    Jar shaded =
        new Jar(Path.of("fat.jar"), "plugin x", "fat", "h2", Map.of("org/example/a.class", 2L));
    classPath.add(List.of(shaded));
    assertThat(classPath.conflicts())
        .singleElement()
        .asString()
        .contains("a.jar of the function", "fat.jar of plugin x", "org/example/a.class");
  }

  @Test
  void conflicts_whenAClassIsTheSameInBoth_areNone() {
    classPath.add(List.of(jar("the function", "a.jar", "a", "h1", 1)));
    Jar shaded =
        new Jar(Path.of("fat.jar"), "plugin x", "fat", "h2", Map.of("org/example/a.class", 1L));
    classPath.add(List.of(shaded));
    assertThat(classPath.conflicts()).isEmpty();
    assertThat(classPath.named()).hasSize(2);
  }

  @Test
  void named_whenTwoBringTheSameFile_hasItOnce() {
    classPath.add(List.of(jar("plugin a", "pool-1.jar", "pool", "h1", 1)));
    classPath.add(List.of(jar("plugin b", "pool.jar", "pool", "h1", 1)));
    assertThat(classPath.conflicts()).isEmpty();
    assertThat(classPath.named()).containsOnlyKeys("000-pool-1.jar");
  }

  @Test
  void named_whenAPluginBringsWhatTheGatewayShares_hasTheGatewaysOnly() {
    classPath.add(
        List.of(jar("the function", "spi-2.jar", "dev.backplane:backplane-spi", "h1", 1)));
    classPath.add(List.of(jar("plugin a", "spi-1.jar", "dev.backplane:backplane-spi", "h2", 2)));
    assertThat(classPath.conflicts()).isEmpty();
    assertThat(classPath.named()).containsOnlyKeys("000-spi-2.jar");
  }

  @Test
  void hash_whenAJarChanges_isAnother() {
    classPath.add(List.of(jar("plugin a", "pool-1.jar", "pool", "h1", 1)));
    ClassPath changed = new ClassPath();
    changed.add(List.of(jar("plugin a", "pool-1.jar", "pool", "h2", 1)));
    assertThat(changed.hash()).isNotEqualTo(classPath.hash()).hasSize(16);
  }
}
