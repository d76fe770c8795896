package dev.backplane.server;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Prometheus read.
 *
 * @param types the type of each metric
 * @param labels the labels of each series name, such as {@code x_bucket}
 */
record Scraped(Map<String, String> types, Map<String, Set<String>> labels) {
  private static final Pattern LINE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? [-+0-9.eEInfNa]+");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"(?:[^\"\\\\]|\\\\.)*\",?");
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");

  static Scraped read(String text) {
    Map<String, String> types = new TreeMap<>();
    Map<String, Set<String>> labels = new TreeMap<>();
    text.lines()
        .forEach(line -> {
          Matcher type = TYPE.matcher(line);
          Matcher series = LINE.matcher(line);
          if (type.matches()) {
            types.put(type.group(1), type.group(2));
          } else if (series.matches()) {
            Set<String> names = labels.computeIfAbsent(series.group(1), name -> new TreeSet<>());
            Matcher label = LABEL.matcher(series.group(2) == null ? "" : series.group(2));
            while (label.find()) {
              names.add(label.group(1));
            }
          } else if (!line.startsWith("# HELP ")) {
            throw new IllegalArgumentException(line);
          }
        });
    return new Scraped(types, labels);
  }
}
