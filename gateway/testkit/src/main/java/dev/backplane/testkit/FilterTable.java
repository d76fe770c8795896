package dev.backplane.testkit;

import static dev.backplane.spi.Filter.where;
import static java.util.stream.Collectors.toCollection;

import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Filter;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Operator;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Items with a value of every type in {@code v}, and which of them each filter matches: written
 * down, not computed, so that the table also holds {@link Filter#test} to its word.
 */
final class FilterTable {
  private static final String BIG = "12345678901234567890123456789012345678";

  /** The bodies by the labels that the table calls them. */
  private static final Map<String, JsonObject> BODIES = bodies();

  private static final List<String> NUMBERS = List.of("-1.5", "9", "9.00", "10", "big", "bigger");
  private static final List<String> STRINGS =
      List.of(
          "empty", "s10", "special", "s9", "Zebra", "a*c", "abc", "yes", "zebra", "ä", "last",
          "emoji");

  private final Resource resource;
  private final Map<String, String> ids = new LinkedHashMap<>();
  private final Map<Filter, Set<String>> expected = new LinkedHashMap<>();

  private FilterTable(Resource resource) {
    this.resource = resource;
  }

  /** Stores the items and gives what is to be expected of them. */
  static FilterTable store(Resource resource) {
    FilterTable table = new FilterTable(resource);
    int number = 0;
    for (Map.Entry<String, JsonObject> each : BODIES.entrySet()) {
      String id = resource.id(number++);
      if (resource.canHold(id, each.getValue())) {
        resource.put(id, each.getValue());
        table.ids.put(each.getKey(), id);
      }
    }
    table.equality();
    table.ranges();
    table.texts();
    table.presence();
    table.paths();
    table.trees();
    return table;
  }

  static JsonObject body(String label) {
    return Objects.requireNonNull(BODIES.get(label), label);
  }

  /** The matching labels by filter. */
  Map<Filter, Set<String>> expected() {
    return expected;
  }

  /** The ids by label, of the items that the backend can hold. */
  Map<String, String> ids() {
    return ids;
  }

  private static Map<String, JsonObject> bodies() {
    Map<String, JsonObject> bodies = new LinkedHashMap<>();
    bodies.put("missing", Json.of("{'w': 1}"));
    bodies.put("null", Json.of("{'v': null}"));
    bodies.put("true", Json.of("{'v': true}"));
    bodies.put("false", Json.of("{'v': false}"));
    bodies.put("-1.5", Json.of("{'v': -1.5}"));
    bodies.put("9", Json.of("{'v': 9}"));
    bodies.put("9.00", Json.of("{'v': 9.00}"));
    bodies.put("10", Json.of("{'v': 10}"));
    bodies.put("big", Json.of("{'v': " + BIG + "}"));
    bodies.put("bigger", Json.of("{'v': 12345678901234567890123456789012345679}"));
    bodies.put("empty", Json.of("{'v': ''}"));
    bodies.put("s10", Json.of("{'v': '10'}"));
    bodies.put("special", Json.of("{'v': '100% a_b\\\\ ?'}"));
    bodies.put("s9", Json.of("{'v': '9'}"));
    bodies.put("Zebra", Json.of("{'v': 'Zebra'}"));
    bodies.put("a*c", Json.of("{'v': 'a*c'}"));
    bodies.put("abc", Json.of("{'v': 'abc'}"));
    bodies.put("yes", Json.of("{'v': 'true'}"));
    bodies.put("zebra", Json.of("{'v': 'zebra'}"));
    bodies.put("ä", Json.of("{'v': 'äpfel'}"));
    bodies.put("last", Json.of("{'v': '\uE000'}"));
    bodies.put("emoji", Json.of("{'v': '😀'}"));
    bodies.put("array", Json.of("{'v': ['9', 10, 'abc']}"));
    bodies.put("object", Json.of("{'v': {'w': 9, 'deep': {'x': 'abc'}}}"));
    bodies.put("dotted", Json.of("{'v.w': 9}"));
    return bodies;
  }

  private void equality() {
    when(where("v", Operator.EQ, "9"), "9", "9.00", "s9");
    when(where("v", Operator.EQ, "9.0"), "9", "9.00");
    when(where("v", Operator.EQ, "1e1"), "10");
    when(where("v", Operator.EQ, "10"), "10", "s10");
    when(where("v", Operator.EQ, BIG), "big");
    when(where("v", Operator.EQ, "true"), "true", "yes");
    when(where("v", Operator.EQ, "false"), "false");
    when(where("v", Operator.EQ, ""), "empty");
    when(where("v", Operator.EQ, "zebra"), "zebra");
    when(where("v", Operator.EQ, "äpfel"), "ä");
    when(where("v", Operator.EQ, "100% a_b\\ ?"), "special");
    when(where("v", Operator.EQ, "null"));
    unless(where("v", Operator.NE, "9"), "9", "9.00", "s9");
    unless(where("v", Operator.NE, "zebra"), "zebra");
    unless(where("v", Operator.NE, "true"), "true", "yes");
    unless(where("v", Operator.NE, "null"));
    when(where("v", Operator.IN, "9", "zebra", "true"), "9", "9.00", "s9", "zebra", "true", "yes");
    when(where("v", Operator.IN, "10"), "10", "s10");
    unless(
        where("v", Operator.NIN, "9", "zebra", "true"), "9", "9.00", "s9", "zebra", "true", "yes");
  }

  private void ranges() {
    when(where("v", Operator.GT, "9"), numbersFrom(3), stringsFrom(4));
    when(where("v", Operator.GTE, "9"), numbersFrom(1), stringsFrom(3));
    when(where("v", Operator.LT, "9"), NUMBERS.subList(0, 1), STRINGS.subList(0, 3));
    when(where("v", Operator.LTE, "9"), NUMBERS.subList(0, 3), STRINGS.subList(0, 4));
    when(where("v", Operator.GT, BIG), List.of("bigger"), stringsFrom(3));
    when(where("v", Operator.GT, "Zebra"), List.of(), stringsFrom(5));
    when(where("v", Operator.GTE, "Zebra"), List.of(), stringsFrom(4));
    when(where("v", Operator.GT, "\uE000"), "emoji");
    when(where("v", Operator.LTE, "\uE000"), List.of(), STRINGS.subList(0, 11));
    when(where("v", Operator.BETWEEN, "9", "10"), "9", "9.00", "10");
    when(where("v", Operator.BETWEEN, "a", "z"), "a*c", "abc", "yes");
    when(where("v", Operator.BETWEEN, "-2", "9"), NUMBERS.subList(0, 3), STRINGS.subList(1, 4));
  }

  private void texts() {
    when(where("v", Operator.LIKE, "a*c"), "a*c", "abc");
    when(where("v", Operator.LIKE, "*b*"), "special", "Zebra", "abc", "zebra");
    when(where("v", Operator.LIKE, "zebra"), "zebra");
    when(where("v", Operator.LIKE, "*"), List.of(), STRINGS);
    when(where("v", Operator.ILIKE, "ZEB*"), "Zebra", "zebra");
    when(where("v", Operator.ILIKE, "ÄPF*"), "ä");
    when(where("v", Operator.CONTAINS, "9"), "s9", "array");
    when(where("v", Operator.CONTAINS, "10"), "s10", "special", "array");
    when(where("v", Operator.CONTAINS, "abc"), "abc", "array");
    when(where("v", Operator.CONTAINS, "%"), "special");
    when(where("v", Operator.CONTAINS, "_b\\"), "special");
    when(where("v", Operator.STARTS_WITH, "ze"), "zebra");
    when(where("v", Operator.STARTS_WITH, ""), List.of(), STRINGS);
    when(where("v", Operator.ENDS_WITH, "bra"), "Zebra", "zebra");
    when(new Filter.Search("ZEB"), "Zebra", "zebra");
    when(new Filter.Search("34567890123"), "big", "bigger");
    when(new Filter.Search("abc"), "abc", "array", "object");
  }

  private void presence() {
    when(where("v", Operator.IS_NULL, "true"), "missing", "null", "dotted");
    unless(where("v", Operator.IS_NULL, "false"), "missing", "null", "dotted");
    when(where("none", Operator.EQ, "x"));
    unless(where("none", Operator.NE, "x"));
    unless(where("none", Operator.NIN, "x", "y"));
    unless(where("none", Operator.IS_NULL, "true"));
  }

  private void paths() {
    when(where("v.w", Operator.EQ, "9"), "object");
    when(where("v.deep.x", Operator.STARTS_WITH, "ab"), "object");
    unless(where("v.w", Operator.NE, "9"), "object");
    unless(where("v.w", Operator.IS_NULL, "true"), "object");
    FieldPath dotted = new FieldPath(List.of("v.w"));
    when(new Filter.Comparison(dotted, Operator.EQ, List.of("9")), "dotted");
    String id = ids.get("10");
    if (id != null) {
      FieldPath idField = new FieldPath(List.of(resource.idField()));
      when(new Filter.Comparison(idField, Operator.EQ, List.of(id)), "10");
      when(new Filter.Comparison(idField, Operator.IN, List.of(id, "none")), "10");
      unless(new Filter.Comparison(idField, Operator.NE, List.of(id)), "10");
    }
  }

  private void trees() {
    Filter nine = where("v", Operator.EQ, "9");
    Filter zebra = where("v", Operator.EQ, "zebra");
    unless(Filter.all());
    when(new Filter.Or(List.of()));
    when(new Filter.Or(List.of(nine, zebra)), "9", "9.00", "s9", "zebra");
    when(new Filter.And(List.of(nine, where("v", Operator.LTE, "9"))), "9", "9.00", "s9");
    when(new Filter.And(List.of(nine, zebra)));
    when(
        new Filter.And(
            List.of(new Filter.Search("zeb"), new Filter.Not(where("v", Operator.EQ, "Zebra")))),
        "zebra");
    unless(new Filter.Not(nine), "9", "9.00", "s9");
    when(new Filter.Not(where("v", Operator.NE, "9")), "9", "9.00", "s9");
    unless(new Filter.Not(where("v", Operator.GT, "Zebra")), stringsFrom(5).toArray(String[]::new));
    unless(new Filter.Not(new Filter.Or(List.of(nine, zebra))), "9", "9.00", "s9", "zebra");
    unless(new Filter.Not(new Filter.And(List.of(nine, where("w", Operator.EQ, "1")))));
    when(
        new Filter.Or(
            List.of(
                new Filter.And(List.of(where("w", Operator.EQ, "1"), new Filter.Not(nine))),
                where("v.deep.x", Operator.EQ, "abc"))),
        "missing",
        "object");
  }

  private static List<String> numbersFrom(int first) {
    return NUMBERS.subList(first, NUMBERS.size());
  }

  private static List<String> stringsFrom(int first) {
    return STRINGS.subList(first, STRINGS.size());
  }

  private void when(Filter filter, List<String> numbers, List<String> strings) {
    Set<String> matching = new LinkedHashSet<>(numbers);
    matching.addAll(strings);
    when(filter, matching.toArray(String[]::new));
  }

  private void when(Filter filter, String... matching) {
    Set<String> held = Arrays.stream(matching).collect(toCollection(LinkedHashSet::new));
    held.retainAll(ids.keySet());
    expected.put(filter, held);
  }

  private void unless(Filter filter, String... others) {
    Set<String> matching = new LinkedHashSet<>(ids.keySet());
    List.of(others).forEach(matching::remove);
    expected.put(filter, matching);
  }
}
