package dev.backplane.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final Path DIRECTORY = Path.of("/etc/backplane");
  private static final String SECRET = "s3cret!";

  private enum Mode {
    FAST,
    VERY_SLOW
  }

  @Test
  void string_when_it_is_a_scalar_is_its_text() {
    assertThat(with("k", "text").string("k")).isEqualTo("text");
    assertThat(with("k", JsonNumber.parse("1.50").orElseThrow()).string("k")).isEqualTo("1.50");
    assertThat(with("k", JsonBoolean.TRUE).string("k")).isEqualTo("true");
  }

  @Test
  void string_when_it_is_missing_or_blank_is_refused() {
    for (Settings settings :
        List.of(none(), with("k", ""), with("k", " \t"), with("k", JsonNull.NULL))) {
      assertWrong(() -> settings.string("k"), "k", "is missing: a text is needed");
      assertThat(settings.optionalString("k")).isEmpty();
    }
  }

  @Test
  void string_when_it_is_no_scalar_is_refused() {
    assertWrong(() -> with("k", JsonArray.of()).string("k"), "k", "should be a text");
    assertWrong(() -> with("k", JsonObject.empty()).optionalString("k"), "k", "should be a text");
  }

  @ParameterizedTest
  @CsvSource({"fast, FAST", "very-slow, VERY_SLOW", "Very-Slow, VERY_SLOW", "FAST, FAST"})
  void choice_when_it_is_one_of_the_words_is_that(String word, Mode expected) {
    assertThat(with("k", word).choice("k", Mode.FAST)).isEqualTo(expected);
  }

  @Test
  void choice_when_it_is_another_word_is_refused_with_the_words() {
    assertThat(none().choice("k", Mode.VERY_SLOW)).isEqualTo(Mode.VERY_SLOW);
    for (String word : List.of("very_slow", "fas", SECRET)) {
      assertWrong(
          () -> with("k", word).choice("k", Mode.FAST), "k", "should be one of fast, very-slow");
    }
  }

  @Test
  void integer_when_it_is_within_bounds_is_that() {
    assertThat(with("k", "5").integer("k", 1, 0, 10)).isEqualTo(5);
    assertThat(with("k", JsonNumber.of(0)).integer("k", 1, 0, 10)).isZero();
    assertThat(with("k", JsonNumber.parse("1e1").orElseThrow()).integer("k", 1, 0, 10))
        .isEqualTo(10);
    assertThat(none().integer("k", 1, 0, 10)).isEqualTo(1);
    assertThat(with("k", "").integer("k", 1, 0, 10)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "11", "5.5", "x", "0x5", "99999999999999999999", "5 ", SECRET})
  void integer_when_it_is_none_or_out_of_bounds_is_refused(String text) {
    assertWrong(
        () -> with("k", text).integer("k", 1, 0, 10), "k", "should be a whole number from 0 to 10");
  }

  @Test
  void bool_when_it_is_true_or_false_is_that() {
    assertThat(with("k", JsonBoolean.TRUE).bool("k", false)).isTrue();
    assertThat(with("k", "false").bool("k", true)).isFalse();
    assertThat(none().bool("k", true)).isTrue();
    for (String text : List.of("yes", "TRUE", "1", SECRET)) {
      assertWrong(() -> with("k", text).bool("k", true), "k", "should be true or false");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "5s, PT5S",
    "10m, PT10M",
    "1h, PT1H",
    "7d, PT168H",
    "0s, PT0S",
    "999999999d, PT23999999976H"
  })
  void duration_when_it_has_a_unit_is_that_long(String text, Duration expected) {
    assertThat(with("k", text).duration("k", Duration.ZERO)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "5 s", "-5s", "1.5s", "5S", "s", "1000000000s", "5sec", SECRET})
  void duration_when_it_is_written_otherwise_is_refused(String text) {
    assertThat(none().duration("k", Duration.ofSeconds(3))).hasSeconds(3);
    assertWrong(
        () -> with("k", text).duration("k", Duration.ZERO),
        "k",
        "should be a time such as 500ms, 5s, 10m, 1h or 7d");
  }

  @Test
  void path_when_it_is_relative_starts_at_the_mapping() {
    assertThat(with("k", "items.json").path("k")).contains(DIRECTORY.resolve("items.json"));
    assertThat(with("k", "../x/./y").path("k")).contains(Path.of("/etc/x/y"));
    assertThat(with("k", "/data").path("k")).contains(Path.of("/data"));
    assertThat(none().path("k")).isEmpty();
    assertThat(none().path("k", "data")).isEqualTo(DIRECTORY.resolve("data"));
    assertThat(with("k", "/data").path("k", "x")).isEqualTo(Path.of("/data"));
    assertWrong(() -> with("k", "a\u0000b").path("k"), "k", "should be the path of a file");
  }

  @Test
  void strings_when_they_are_a_list_are_its_texts() {
    assertThat(with("k", JsonArray.of(new JsonString("a"), JsonNumber.of(1))).strings("k"))
        .containsExactly("a", "1");
    assertThat(none().strings("k")).isEmpty();
    assertWrong(() -> with("k", SECRET).strings("k"), "k", "should be a list");
    assertWrong(
        () -> with("k", JsonArray.of(JsonNull.NULL)).strings("k"),
        "k",
        "should be a list of texts");
  }

  @Test
  void section_when_it_is_a_group_has_its_settings() {
    Settings settings = with("pool", JsonObject.of("size", JsonNumber.of(5)));
    Settings pool = settings.section("pool").orElseThrow();
    assertThat(pool.integer("size", 1, 1, 9)).isEqualTo(5);
    assertWrong(() -> pool.string("name"), "pool.name", "is missing: a text is needed");
    assertThat(pool.wrong("size", "is odd").key()).isEqualTo("pool.size");
    assertThat(none().section("pool")).isEmpty();
    assertWrong(
        () -> with("pool", SECRET).section("pool"), "pool", "should be a group of settings");
  }

  @Test
  void sections_when_they_are_groups_are_in_the_order_of_the_mapping() {
    JsonObject groups =
        JsonObject.of("b", JsonObject.of("x", JsonNumber.of(1)))
            .with("a", JsonObject.of("x", JsonNumber.of(2)));
    Map<String, Settings> sections = with("tables", groups).sections("tables");
    assertThat(sections.keySet()).containsExactly("b", "a");
    assertWrong(
        () -> sections.get("a").integer("x", 0, 5, 9),
        "tables.a.x",
        "should be a whole number from 5 to 9");
    assertThat(none().sections("tables")).isEmpty();
    for (JsonValue odd : List.of(new JsonString(SECRET), JsonNull.NULL)) {
      assertWrong(
          () -> with("tables", groups.with("c", odd)).sections("tables"),
          "tables.c",
          "should be a group of settings");
    }
  }

  @Test
  void unread_when_keys_were_not_asked_for_names_them() {
    JsonObject values =
        JsonObject.of("read", new JsonString("x"))
            .with("typo", new JsonString("x"))
            .with("empty", JsonNull.NULL)
            .with("group", JsonObject.of("read", JsonNumber.of(1)).with("typo", JsonNumber.of(1)))
            .with("unknown-group", JsonObject.of("any", JsonNumber.of(1)));
    Settings settings = Settings.of(values, DIRECTORY);
    assertThat(settings.unread())
        .containsExactly("read", "typo", "empty", "group", "unknown-group");
    settings.optionalString("read");
    settings.optionalString("absent");
    Settings group = settings.section("group").orElseThrow();
    assertThat(settings.unread())
        .containsExactly("typo", "empty", "group.read", "group.typo", "unknown-group");
    group.integer("read", 0, 0, 9);
    assertThat(group.unread()).containsExactly("group.typo");
    assertThat(settings.unread()).containsExactly("typo", "empty", "group.typo", "unknown-group");
    assertThat(settings.asked()).containsExactly("read", "absent", "group", "group.read");
    assertThat(settings.keys()).containsExactlyElementsOf(values.members().keySet());
    assertThat(group.keys()).containsExactly("read", "typo");
  }

  @Test
  void unread_when_a_setting_was_asked_for_in_vain_is_empty() {
    Settings settings = with("k", SECRET);
    assertThatThrownBy(() -> settings.integer("k", 0, 0, 9)).isInstanceOf(SettingException.class);
    assertThat(settings.unread()).isEmpty();
  }

  static List<Function<Settings, Object>> accessors() {
    return List.of(
        settings -> settings.choice("k", Mode.FAST),
        settings -> settings.integer("k", 0, 0, 9),
        settings -> settings.bool("k", false),
        settings -> settings.duration("k", Duration.ZERO),
        settings -> settings.strings("k"),
        settings -> settings.section("k"),
        settings -> settings.sections("k"),
        settings -> settings.path("k"));
  }

  @ParameterizedTest
  @MethodSource("accessors")
  void message_when_a_setting_is_wrong_shows_the_key_only(Function<Settings, Object> accessor) {
    Settings settings = with("k", SECRET + "\u0000");
    assertThatThrownBy(() -> accessor.apply(settings))
        .isInstanceOfSatisfying(
            SettingException.class, wrong -> assertThat(wrong.key()).isEqualTo("k"))
        .hasNoCause()
        .hasMessageNotContaining(SECRET);
    assertThat(settings).hasToString("Settings[k]");
  }

  private static void assertWrong(ThrowingCallable asking, String key, String message) {
    assertThatThrownBy(asking)
        .isInstanceOfSatisfying(
            SettingException.class, wrong -> assertThat(wrong.key()).isEqualTo(key))
        .hasMessage(message);
  }

  private static Settings none() {
    return Settings.of(JsonObject.empty(), DIRECTORY);
  }

  private static Settings with(String key, String text) {
    return with(key, new JsonString(text));
  }

  private static Settings with(String key, JsonValue value) {
    return Settings.of(JsonObject.of(key, value), DIRECTORY);
  }
}
