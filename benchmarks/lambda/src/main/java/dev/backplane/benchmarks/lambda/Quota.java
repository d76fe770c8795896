package dev.backplane.benchmarks.lambda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A share of one processor, as Lambda gives it to a function by its memory. */
final class Quota {
  private static final int PERIOD_MICROS = 20_000;
  private static final Path VERSION_2 = Path.of("/sys/fs/cgroup/backplane-benchmark");
  private static final Path VERSION_1 = Path.of("/sys/fs/cgroup/cpu/backplane-benchmark");

  private final Path group;

  private Quota(Path group) {
    this.group = group;
  }

  /** Makes the control group; empty where that is not allowed, or not there. */
  static Optional<Quota> of(double processors) {
    String quota = Integer.toString((int) (processors * PERIOD_MICROS));
    try {
      if (Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"))) {
        Files.createDirectories(VERSION_2);
        Files.writeString(VERSION_2.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
        return Optional.of(new Quota(VERSION_2));
      }
      Files.createDirectories(VERSION_1);
      Files.writeString(VERSION_1.resolve("cpu.cfs_period_us"), Integer.toString(PERIOD_MICROS));
      Files.writeString(VERSION_1.resolve("cpu.cfs_quota_us"), quota);
      return Optional.of(new Quota(VERSION_1));
    } catch (IOException forbidden) {
      System.out.println("No quota: " + forbidden);
      return Optional.empty();
    }
  }

  /** A command that enters the group before anything else. */
  List<String> around(List<String> command) {
    List<String> inside =
        new ArrayList<>(
            List.of(
                "sh",
                "-c",
                "echo $$ > \"$0\" && exec \"$@\"",
                group.resolve("cgroup.procs").toString()));
    inside.addAll(command);
    return inside;
  }
}
