package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts as a change, and when it is settled; look by look. */
class FileWatchTest {
  @TempDir private Path directory;
  private Path mapping;
  private Path plugins;
  private FileWatch watch;

  @BeforeEach
  void takeTheFirstLook() throws IOException {
    mapping = Files.writeString(directory.resolve("mapping.yaml"), "one");
    plugins = Files.createDirectory(directory.resolve("plugins"));
    Files.writeString(plugins.resolve("a.jar"), "a");
    Files.writeString(Files.createDirectory(plugins.resolve("b")).resolve("b.jar"), "b");
    watch = new FileWatch(Set.of(mapping, plugins), Duration.ofDays(1));
  }

  @Test
  void nothing_isNoChange() {
    assertThat(looks(3)).isFalse();
  }

  @Test
  void change_isSeenOnce_andWhenItIsSettled() throws IOException {
    Files.writeString(mapping, "half");
    assertThat(looks(1)).isFalse();
    Files.writeString(mapping, "half and half");
    assertThat(looks(1)).isFalse();
    assertThat(looks(1)).isTrue();
    assertThat(looks(3)).isFalse();
  }

  @Test
  void sameSizeAndTime_isAChange_whenItIsAnotherFile() throws IOException {
    FileTime time = Files.getLastModifiedTime(mapping);
    Path other = Files.writeString(directory.resolve("other"), "two");
    Files.setLastModifiedTime(other, time);
    Files.move(other, mapping, StandardCopyOption.REPLACE_EXISTING);
    assertThat(looks(2)).isTrue();
  }

  @Test
  void linkThatLeadsElsewhere_isAChange() throws IOException {
    // as Kubernetes mounts a config map: mapping.yaml -> ..data/mapping.yaml, ..data -> a directory
    Path first = Files.createDirectory(directory.resolve("..first"));
    Path second = Files.createDirectory(directory.resolve("..second"));
    Files.writeString(first.resolve("mapping.yaml"), "one");
    Files.writeString(second.resolve("mapping.yaml"), "two");
    Path data = Files.createSymbolicLink(directory.resolve("..data"), first);
    Path link =
        Files.createSymbolicLink(directory.resolve("linked.yaml"), data.resolve("mapping.yaml"));
    FileWatch linked = new FileWatch(Set.of(link), Duration.ofDays(1));
    Path next = Files.createSymbolicLink(directory.resolve("..next"), second);
    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    assertThat(linked.hasChanged(Set.of(link))).isFalse();
    assertThat(linked.hasChanged(Set.of(link))).isTrue();
  }

  @Test
  void fileThatGoesAndComesBack_isAChange_eachTime() throws IOException {
    Files.delete(mapping);
    assertThat(looks(2)).isTrue();
    Files.writeString(mapping, "one");
    assertThat(looks(2)).isTrue();
  }

  @Test
  void jarThatIsDropped_replacedOrRemoved_isAChange_andOtherFilesAreNone() throws IOException {
    Files.writeString(plugins.resolve("README.md"), "about");
    assertThat(looks(3)).isFalse();
    Files.writeString(plugins.resolve("c.jar"), "c");
    assertThat(looks(2)).isTrue();
    Files.writeString(plugins.resolve("b").resolve("b.jar"), "bb");
    assertThat(looks(2)).isTrue();
    Files.delete(plugins.resolve("a.jar"));
    assertThat(looks(2)).isTrue();
    Files.createDirectory(plugins.resolve("d"));
    assertThat(looks(2)).isTrue();
  }

  @Test
  void pathThatIsWatchedOnlyNow_isNoChange_untilItChanges() throws IOException {
    Path schema = Files.writeString(directory.resolve("schema.json"), "{}");
    Set<Path> more = Set.of(mapping, plugins, schema);
    assertThat(watch.hasChanged(more) || watch.hasChanged(more)).isFalse();
    Files.writeString(schema, "true");
    assertThat(watch.hasChanged(more)).isFalse();
    assertThat(watch.hasChanged(more)).isTrue();
  }

  /** Whether the last of so many looks shows a change. */
  private boolean looks(int times) {
    boolean changed = false;
    for (int n = 0; n < times; n++) {
      changed = watch.hasChanged(Set.of(mapping, plugins));
    }
    return changed;
  }
}
