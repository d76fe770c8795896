package dev.backplane.benchmarks.lambda;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Linux and the JVM say of a process. */
final class ProcessFiles {
  private static final Pattern LOADED =
      Pattern.compile("java\\.cls\\.(?:sharedL|l)oadedClasses=(\\d+)");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  /** Of user and kernel, and of children that ended: the start script has some. */
  private static final int FIRST_TIME = 11;

  private static final int TIMES = 4;
  private static final int TICK_MILLIS = 10;

  private ProcessFiles() {}

  /** Milliseconds of a processor; Linux counts in steps of ten. */
  static double processorMillis(Process process) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
    // behind the name, which is in parentheses and may have spaces
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = 0;
    for (int i = 0; i < TIMES; i++) {
      ticks += Long.parseLong(fields[FIRST_TIME + i]);
    }
    return ticks * TICK_MILLIS;
  }

  static double megabytes(Process process) throws IOException {
    String status = Files.readString(Path.of("/proc", Long.toString(process.pid()), "status"));
    Matcher resident = RESIDENT.matcher(status);
    return resident.find() ? Long.parseLong(resident.group(1)) / 1024.0 : 0;
  }

  static int classes(Process process) throws IOException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                "PerfCounter.print")
            .redirectErrorStream(true)
            .start();
    Matcher loaded =
        LOADED.matcher(new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    int classes = 0;
    while (loaded.find()) {
      classes += Integer.parseInt(loaded.group(1));
    }
    return classes;
  }
}
