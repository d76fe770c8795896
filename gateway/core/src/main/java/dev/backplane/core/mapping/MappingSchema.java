package dev.backplane.core.mapping;

import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Makes the JSON Schema of a mapping from its keys. Not on the path of a start. */
final class MappingSchema {
  private static final JsonNumber ONE = JsonNumber.of(1);

  private static final JsonObject A_VARIABLE = object("$ref", new JsonString("#/$defs/variable"));

  /** Groups in which nothing depends on what else is there. */
  private static final Map<Key.Group, Supplier<JsonObject>> MORE =
      Map.of(
          Keys.RATE_LIMITS, () -> group(Keys.OF_RATE_LIMITS).with("minProperties", ONE),
          Keys.ROLE_LIMITS, MappingSchema::roleLimits,
          Keys.AUTHENTICATION, () -> group(Keys.OF_AUTHENTICATION),
          Keys.PROXY, () -> group(Keys.OF_PROXY, Keys.TRUSTED, Keys.SUBJECT_HEADER),
          Keys.ACCESS, () -> group(Keys.OF_ACCESS, Keys.ROLES),
          Keys.ROLES, MappingSchema::roles,
          Keys.ACCESS_FIELDS,
              () -> type("object").with("additionalProperties", group(Keys.OF_FIELD_ACCESS)),
          Keys.OWNER, () -> group(Keys.OF_OWNER),
          Keys.RULES, () -> group(Keys.OF_RULES));

  private MappingSchema() {}

  static String text() {
    StringBuilder text = new StringBuilder();
    write(schema(), "", text);
    return text.append('\n').toString();
  }

  private static JsonObject schema() {
    return JsonObject.builder()
        .put("$schema", new JsonString("https://json-schema.org/draft/2020-12/schema"))
        .put("title", new JsonString("Mapping of Backplane"))
        .putAll(group(Keys.TOP, Keys.RESOURCES))
        .put("$defs", object("variable", variable()))
        .build();
  }

  private static JsonObject variable() {
    return type("string")
        .with("description", new JsonString("${NAME} or ${NAME:default}, from the environment."))
        .with("pattern", new JsonString("\\$\\{"));
  }

  private static JsonObject group(List<Key<?>> keys, Key<?>... required) {
    JsonObject.Builder properties = JsonObject.builder();
    keys.forEach(key -> properties.put(key.name(), property(key)));
    JsonObject group =
        type("object")
            .with("additionalProperties", JsonBoolean.FALSE)
            .with("properties", properties.build());
    return required.length == 0
        ? group
        : group.with("required", strings(List.of(required).stream().map(Key::name).toList()));
  }

  private static JsonObject property(Key<?> key) {
    JsonObject described = object("description", new JsonString(key.description()));
    return JsonObject.builder().putAll(described).putAll(value(key)).build();
  }

  private static JsonObject value(Key<?> key) {
    return switch (key) {
      case Key.Text text -> text(text);
      case Key.Name name -> orVariable(name(name.rule()));
      case Key.Whole whole ->
          orVariable(whole(whole.least(), whole.most()))
              .with("default", JsonNumber.of(whole.fallback()));
      case Key.YesNo yesNo ->
          orVariable(type("boolean")).with("default", JsonBoolean.of(yesNo.fallback()));
      case Key.Choice<?> choice ->
          orVariable(object("enum", strings(choice.words())))
              .with("default", new JsonString(Key.Choice.word(choice.fallback())));
      case Key.Period period ->
          anyOf(pattern("^[0-9]{1,9}(ms|s|m|h|d)$"), A_VARIABLE)
              .with("default", new JsonString(period.fallback()));
      case Key.Rate rate -> rate();
      case Key.Texts texts -> type("array").with("items", pattern("\\S"));
      case Key.Size size ->
          anyOf(whole(size.least(), size.most()), pattern("^[0-9]{1,9}([KM]B)?$"), A_VARIABLE)
              .with("default", new JsonString(size.fallback()));
      case Key.Operations operations ->
          type("array").with("items", orVariable(object("enum", strings(Key.Operations.WORDS))));
      case Key.Group group -> entries(group);
      case Key.Groups groups ->
          type("array").with("items", group(Keys.OF_JWT, Keys.ISSUER, Keys.AUDIENCE, Keys.JWKS));
    };
  }

  private static JsonObject text(Key.Text text) {
    if (text.atLeast() <= 1) {
      return text.empty() ? type("string") : atLeast(text.atLeast());
    }
    JsonObject empty = type("string").with("maxLength", JsonNumber.of(0));
    return text.empty()
        ? anyOf(atLeast(text.atLeast()), empty, A_VARIABLE)
        : anyOf(atLeast(text.atLeast()), A_VARIABLE);
  }

  private static JsonObject entries(Key.Group group) {
    if (group.equals(Keys.SERVICES)) {
      return named(Keys.SERVICE_NAME, List.of(), group(Keys.OF_SERVICE));
    }
    if (group.equals(Keys.RESOURCES)) {
      JsonObject oneLine = name(Keys.SERVICE_NAME);
      JsonObject full = group(Keys.OF_RESOURCE, Keys.SERVICE);
      return named(Keys.RESOURCE_NAME, Keys.RESERVED, anyOf(oneLine, A_VARIABLE, full))
          .with("minProperties", ONE);
    }
    if (group.equals(Keys.RELATIONS)) {
      return named(Keys.RELATION_NAME, List.of(), relation());
    }
    if (group.equals(Keys.CORS)) {
      return group(Keys.OF_CORS, Keys.ORIGINS);
    }
    if (group.equals(Keys.IDEMPOTENCY)) {
      return group(Keys.OF_IDEMPOTENCY, Keys.KEEPER);
    }
    return MORE.containsKey(group) ? MORE.get(group).get() : type("object");
  }

  private static JsonObject roles() {
    JsonObject operations = value(new Key.Operations("", ""));
    return named(Keys.ROLE_NAME, List.of(), operations).with("minProperties", ONE);
  }

  private static JsonObject roleLimits() {
    return named(Keys.ROLE_NAME, List.of(), rate()).with("minProperties", ONE);
  }

  private static JsonObject rate() {
    return anyOf(pattern("^[0-9]{1,9} in [0-9]{1,9}(ms|s|m|h|d)$"), A_VARIABLE);
  }

  private static JsonObject relation() {
    return group(Keys.OF_RELATION, Keys.RELATED)
        .with(
            "oneOf",
            JsonArray.of(
                object("required", strings(List.of(Keys.FIELD.name()))),
                object("required", strings(List.of(Keys.FOREIGN_FIELD.name())))));
  }

  private static JsonObject named(NameRule rule, List<String> reserved, JsonObject entry) {
    JsonObject names = object("pattern", new JsonString(rule.pattern()));
    return type("object")
        .with(
            "propertyNames",
            reserved.isEmpty() ? names : names.with("not", object("enum", strings(reserved))))
        .with("additionalProperties", entry);
  }

  private static JsonObject name(NameRule rule) {
    return pattern(rule.pattern());
  }

  private static JsonObject pattern(String pattern) {
    return type("string").with("pattern", new JsonString(pattern));
  }

  private static JsonObject atLeast(int characters) {
    return type("string").with("minLength", JsonNumber.of(characters));
  }

  private static JsonObject whole(int least, int most) {
    return type("integer")
        .with("minimum", JsonNumber.of(least))
        .with("maximum", JsonNumber.of(most));
  }

  private static JsonObject orVariable(JsonObject schema) {
    return anyOf(schema, A_VARIABLE);
  }

  private static JsonObject anyOf(JsonValue... schemas) {
    return object("anyOf", JsonArray.of(schemas));
  }

  private static JsonObject type(String type) {
    return object("type", new JsonString(type));
  }

  private static JsonObject object(String name, JsonValue value) {
    return JsonObject.builder().put(name, value).build();
  }

  private static JsonArray strings(List<String> strings) {
    return new JsonArray(strings.stream().<JsonValue>map(JsonString::new).toList());
  }

  private static void write(JsonValue value, String indent, StringBuilder text) {
    String inner = indent + "  ";
    switch (value) {
      case JsonObject object -> {
        String separator = "{\n";
        for (var member : object.members().entrySet()) {
          text.append(separator).append(inner);
          write(new JsonString(member.getKey()), inner, text);
          text.append(": ");
          write(member.getValue(), inner, text);
          separator = ",\n";
        }
        text.append('\n').append(indent).append('}');
      }
      case JsonArray array -> {
        String separator = "[\n";
        for (JsonValue element : array.elements()) {
          text.append(separator).append(inner);
          write(element, inner, text);
          separator = ",\n";
        }
        text.append('\n').append(indent).append(']');
      }
      // our own words: nothing else in them needs an escape
      case JsonString string ->
          text.append('"')
              .append(string.value().replace("\\", "\\\\").replace("\"", "\\\""))
              .append('"');
      default -> text.append(value);
    }
  }
}
