package dev.backplane.core.contract;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Random items of mixed types with gaps and ties, random queries about them, and what these give:
 * worked out here from the words of the documentation, without the code that is tested.
 */
final class RandomItems {
  /** The JSON of a value and the value; null stands for null, the class Void for a missing one. */
  private record Value(String json, Object plain) {}

  /**
   * A query and its answer.
   *
   * @param text the words of the query, each followed by an ampersand
   * @param ordered whether it has an order
   * @param expected the ids; in this order if it has one
   */
  record Query(String text, boolean ordered, List<String> expected) {}

  private record Term(String text, Predicate<Map<String, Object>> matches) {}

  private static final List<String> FIELDS = List.of("v", "s", "g", "o.x");
  private static final List<String> OPERANDS =
      List.of("7", "7.0", "10", "-1.5", "0", "a", "B", "ä", "zz", "true", "", "a b", "漢", "1e1");
  private static final List<Value> VALUES =
      List.of(
          new Value("", Void.class),
          new Value("null", null),
          new Value("true", true),
          new Value("false", false),
          new Value("0", BigDecimal.ZERO),
          new Value("-1.5", new BigDecimal("-1.5")),
          new Value("7", new BigDecimal("7")),
          new Value("7.00", new BigDecimal("7.00")),
          new Value("10", BigDecimal.TEN),
          new Value("\"7\"", "7"),
          new Value("\"10\"", "10"),
          new Value("\"\"", ""),
          new Value("\"a\"", "a"),
          new Value("\"a b\"", "a b"),
          new Value("\"B\"", "B"),
          new Value("\"ä\"", "ä"),
          new Value("\"zz\"", "zz"),
          new Value("\"\uFFFD\"", "\uFFFD"),
          new Value("\"😀\"", "😀"),
          new Value("[7, \"a\"]", List.of(new BigDecimal("7"), "a")),
          new Value("{\"y\": 1}", Map.of("y", 1)));

  private final Random random;
  private final List<String> bodies = new ArrayList<>();
  private final List<Map<String, Object>> items = new ArrayList<>();

  RandomItems(Random random, int count) {
    this.random = random;
    List<String> ids = new ArrayList<>(List.of("7", "07", "A", "a b", "ü", "\uFFFD", "😀", "x/y"));
    while (ids.size() < count) {
      ids.add("k" + ids.size());
    }
    Collections.shuffle(ids, random);
    ids.forEach(this::add);
  }

  /** The JSON of each item. */
  List<String> bodies() {
    return bodies;
  }

  private void add(String id) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("id", id);
    StringBuilder body = new StringBuilder("{\"id\": \"" + id + "\"");
    for (String field : FIELDS) {
      Value value = field.equals("g") ? small() : any(VALUES);
      if (value.plain() != Void.class) {
        item.put(field, value.plain());
        String json = value.json();
        body.append(", ");
        body.append(field.equals("o.x") ? "\"o\": {\"x\": " + json + "}" : quoted(field) + json);
      }
    }
    items.add(item);
    bodies.add(body.append('}').toString());
  }

  private Value small() {
    int number = random.nextInt(3);
    return new Value("" + number, BigDecimal.valueOf(number));
  }

  private static String quoted(String field) {
    return "\"" + field + "\": ";
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** A query with up to two terms and three sort keys. */
  Query query() {
    StringBuilder text = new StringBuilder();
    Predicate<Map<String, Object>> matches = item -> true;
    // each field once: a word that stands twice means any of its values
    List<String> fields = new ArrayList<>(FIELDS);
    fields.add("id");
    Collections.shuffle(fields, random);
    for (String field : fields.subList(0, random.nextInt(3))) {
      Term term = field.equals("id") ? ids() : term(field);
      text.append(term.text()).append('&');
      matches = matches.and(term.matches());
    }
    List<String> keys = new ArrayList<>(List.of("v", "s", "g", "o.x", "id"));
    Collections.shuffle(keys, random);
    keys.subList(random.nextInt(4), keys.size()).clear();
    keys.replaceAll(key -> random.nextBoolean() ? "-" + key : key);
    if (!keys.isEmpty()) {
      text.append("_sort=").append(String.join(",", keys)).append('&');
    }
    return new Query(text.toString(), !keys.isEmpty(), expected(matches, keys));
  }

  private List<String> expected(Predicate<Map<String, Object>> matches, List<String> keys) {
    List<Map<String, Object>> sorted = new ArrayList<>(items.stream().filter(matches).toList());
    sorted.sort((left, right) -> {
      for (String key : keys) {
        String field = key.startsWith("-") ? key.substring(1) : key;
        int order = PlainValues.order(left.get(field), right.get(field));
        if (order != 0) {
          return key.startsWith("-") ? -order : order;
        }
      }
      return 0;
    });
    Comparator<String> byCodePoint = PlainValues::byCodePoint;
    if (!keys.isEmpty()) {
      breakTies(sorted, keys, byCodePoint);
    }
    return sorted.stream().map(item -> (String) item.get("id")).toList();
  }

  /** Bubbles equal neighbours into the order of their ids: slow, and unlike what is tested. */
  private static void breakTies(
      List<Map<String, Object>> sorted, List<String> keys, Comparator<String> byCodePoint) {
    for (int pass = 0; pass < sorted.size(); pass++) {
      for (int i = 1; i < sorted.size(); i++) {
        Map<String, Object> left = sorted.get(i - 1);
        Map<String, Object> right = sorted.get(i);
        boolean tied =
            keys.stream()
                .map(key -> key.startsWith("-") ? key.substring(1) : key)
                .allMatch(field -> PlainValues.order(left.get(field), right.get(field)) == 0);
        if (tied && byCodePoint.compare((String) left.get("id"), (String) right.get("id")) > 0) {
          Collections.swap(sorted, i - 1, i);
        }
      }
    }
  }

  private Term ids() {
    List<String> ids = new ArrayList<>(List.of("7", "nobody", "7.0"));
    items.forEach(item -> ids.add((String) item.get("id")));
    Collections.shuffle(ids, random);
    List<String> some = ids.subList(0, 1 + random.nextInt(8));
    return new Term(
        String.join("&", some.stream().map(id -> "id=" + Request.encode(id)).toList()),
        item -> some.contains((String) item.get("id")));
  }

  private Term term(String field) {
    String a = any(OPERANDS);
    String b = any(OPERANDS);
    String operator =
        any(
            List.of(
                "",
                "eq",
                "ne",
                "gt",
                "gte",
                "lt",
                "lte",
                "nin",
                "contains",
                "startsWith",
                "isnull",
                "between",
                "or"));
    String operands =
        switch (operator) {
          case "nin", "between" -> Request.encode(a) + "," + Request.encode(b);
          case "isnull" -> "" + (a.length() > 1);
          case "or" -> Request.encode(a) + "&" + field + "=" + Request.encode(b);
          default -> Request.encode(a);
        };
    String word = operator.isEmpty() || operator.equals("or") ? field : field + ":" + operator;
    return new Term(
        word + "=" + operands, item -> PlainValues.matches(item.get(field), operator, a, b));
  }
}
