package dev.backplane.core.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/**
 * What shows that a jar was replaced, without reading it.
 *
 * @param jar its path
 * @param file which file it is, as far as the file system can tell; behind links
 * @param size its bytes; negative when it cannot be looked at
 * @param modified when it was written last
 */
record JarStamp(Path jar, String file, long size, FileTime modified) {
  static List<JarStamp> of(List<Path> jars) {
    List<JarStamp> stamps = new ArrayList<>();
    for (Path jar : jars) {
      try {
        BasicFileAttributes now = Files.readAttributes(jar, BasicFileAttributes.class);
        stamps.add(
            new JarStamp(jar, String.valueOf(now.fileKey()), now.size(), now.lastModifiedTime()));
      } catch (IOException gone) {
        stamps.add(new JarStamp(jar, "", -1, FileTime.fromMillis(0)));
      }
    }
    return List.copyOf(stamps);
  }

  static List<Path> paths(List<JarStamp> stamps) {
    return stamps.stream().map(JarStamp::jar).toList();
  }
}
