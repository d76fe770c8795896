package dev.backplane.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarCopiesTest {
  @TempDir private Path directory;

  @Test
  void sweep_whenTheProcessIsDead_removesWhatItLeft() throws IOException {
    Path left = directory("backplane-plugin-left");
    Files.createFile(left.resolve("in-use")); // which nobody holds any more
    JarCopies.sweep(directory("backplane-plugin-own"));
    assertThat(left).doesNotExist();
    assertThat(directory.resolve("backplane-plugin-own")).exists();
  }

  @Test
  void sweep_whenItMayBeInUse_leavesIt() throws IOException {
    Path begun = directory("backplane-plugin-begun");
    Path other = directory("something-else");
    Files.createFile(other.resolve("in-use"));
    JarCopies.sweep(directory("backplane-plugin-own"));
    assertThat(begun.resolve("a.jar")).exists();
    assertThat(other.resolve("a.jar")).exists();
  }

  @Test
  void create_copiesUntilClosed_andIsLeftByOthers() throws IOException {
    Path jar = Files.writeString(directory.resolve("a.jar"), "jar");
    Path copy;
    try (JarCopies copies = JarCopies.create();
        JarCopies others = JarCopies.create()) {
      copy = copies.copy(List.of(jar)).get(0);
      assertThat(copy).hasContent("jar").isNotEqualTo(jar);
      JarCopies.sweep(others.copy(List.of(jar)).get(0).getParent());
      assertThat(copy).exists();
    }
    assertThat(copy.getParent()).doesNotExist();
  }

  private Path directory(String name) throws IOException {
    Path made = Files.createDirectory(directory.resolve(name));
    Files.writeString(made.resolve("a.jar"), "jar");
    return made;
  }
}
