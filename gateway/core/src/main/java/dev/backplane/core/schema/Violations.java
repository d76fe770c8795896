package dev.backplane.core.schema;

import dev.harrel.jsonschema.Error;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Turns what the validator reports into what helps whoever sent the body: what is missing at its
 * own place, and of several kinds that a value may have the one that was probably meant.
 */
final class Violations {
  /** Failed because of what is inside of them, which is reported by itself. */
  private static final Set<String> WRAPPERS = Set.of("allOf", "if", "dependentSchemas");

  private static final int MOST_KINDS = 5;
  private static final String SHOULD_BE = "should be ";

  /** A report: where in the schema, where in the body, by which keyword, and what is wanted. */
  private record Report(String path, String location, String keyword, String message) {
    String pointer() {
      return SchemaNode.place(location);
    }
  }

  private final List<Report> reports = new ArrayList<>();

  private Violations() {}

  /** The first ones that count, in the order of the body. */
  static List<Violation> of(List<Error> errors, Predicate<Violation> counts, int most) {
    Violations violations = new Violations();
    for (Error error : errors) {
      violations.add(error);
    }
    return violations.reports.stream()
        .flatMap(Violations::told)
        .filter(counts)
        .distinct()
        .limit(most)
        .toList();
  }

  private static Stream<Violation> told(Report report) {
    if (report.message.startsWith(Words.MISSING)) {
      return Words.names(report.message).stream()
          .map(name -> Violation.member(report.pointer(), name))
          .map(place -> new Violation(place, Violation.Kind.MISSING, Violation.REQUIRED));
    }
    Violation.Kind kind =
        report.message.equals(Violation.NOT_A_FIELD)
            ? Violation.Kind.UNKNOWN
            : Violation.Kind.WRONG;
    String of = SchemaNode.isName(report.location) ? "has a name in it that " : "";
    return Stream.of(new Violation(report.pointer(), kind, of + report.message));
  }

  private void add(Error error) {
    String keyword = String.valueOf(error.getKeyword());
    if (WRAPPERS.contains(keyword)) {
      return;
    }
    Report report =
        new Report(
            error.getEvaluationPath(), error.getInstanceLocation(), keyword, error.getError());
    switch (keyword) {
      case "anyOf", "oneOf" -> choice(report);
      case "contains" -> {
        takeBack(report); // no element has to be of that kind by itself
        reports.add(report);
      }
      default -> reports.add(report);
    }
  }

  /** Removes what was reported from inside of a keyword, of the same value. */
  private List<Report> takeBack(Report keyword) {
    String prefix = keyword.path + "/";
    int from = reports.size();
    while (from > 0
        && reports.get(from - 1).path.startsWith(prefix)
        && SchemaNode.isWithin(reports.get(from - 1).location, keyword.location)) {
      from--;
    }
    List<Report> inside = reports.subList(from, reports.size());
    List<Report> taken = new ArrayList<>(inside);
    inside.clear();
    return taken;
  }

  /** Takes back what the branches reported, and says instead what the choice is. */
  private void choice(Report choice) {
    Map<String, List<Report>> branches = new LinkedHashMap<>();
    for (Report report : takeBack(choice)) {
      String branch = report.path.substring(choice.path.length() + 1).split("/", 2)[0];
      branches.computeIfAbsent(branch, none -> new ArrayList<>()).add(report);
    }
    if (choice.message.equals(Words.SEVERAL)) {
      reports.add(choice);
      return;
    }
    List<List<Report>> meant = new ArrayList<>();
    for (List<Report> branch : branches.values()) {
      boolean otherType =
          branch.stream()
              .anyMatch(report ->
                  report.keyword.equals("type") && report.location.equals(choice.location));
      if (!otherType) {
        meant.add(branch);
      }
    }
    if (meant.size() == 1) {
      reports.addAll(meant.get(0));
      return;
    }
    reports.add(joined(choice, meant.isEmpty() ? List.copyOf(branches.values()) : meant));
  }

  /** One sentence of what each branch wants of this very value, where each wants one thing. */
  private static Report joined(Report choice, List<List<Report>> branches) {
    Set<String> wanted = new LinkedHashSet<>();
    for (List<Report> branch : branches) {
      Report first = branch.get(0);
      boolean simple =
          branch.size() == 1
              && first.location.equals(choice.location)
              && first.message.startsWith(SHOULD_BE);
      if (!simple) {
        return choice;
      }
      wanted.add(first.message.substring(SHOULD_BE.length()));
    }
    if (wanted.isEmpty() || wanted.size() > MOST_KINDS) {
      return choice;
    }
    return new Report(
        choice.path, choice.location, choice.keyword, SHOULD_BE + String.join(" or ", wanted));
  }
}
