package dev.backplane.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.core.http.Caller;
import dev.backplane.core.http.Json;
import dev.backplane.core.http.RuleCompiler;
import dev.backplane.spi.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CelRulesTest {
  private static final Caller ANN =
      Caller.of("ann", Set.of("writer"), Map.of("team", List.of("red", "blue")));
  private static final JsonObject ITEM =
      (JsonObject)
          Json.CODEC.read(
              """
              {"owner": "ann", "n": 5, "price": 2.5, "one": 1.0, "open": true, "gone": null,
               "huge": 1e400, "deep": {"team": "blue"}, "tags": ["a", "b"]}
              """
                  .getBytes(StandardCharsets.UTF_8));

  private final CelRules rules = new CelRules();

  @Test
  void compiler_isFound() {
    assertThat(ServiceLoader.load(RuleCompiler.class).findFirst())
        .hasValueSatisfying(found -> assertThat(found).isInstanceOf(CelRules.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "item.owner == caller.subject",
        "'writer' in caller.roles && 'authenticated' in caller.roles",
        "item.deep.team in caller.claims['team']",
        "item.n > 4 && item.n < 5.5",
        "item.price == 2.5",
        "item.one == 1",
        "item.open",
        "item.gone == null",
        "item.huge > 1",
        "'b' in item.tags && size(item.tags) == 2",
        "!has(item.missing)",
        "item.owner.matches('^a.n$')",
        "has(item.missing) ? false : true"
      })
  void test_whenItHolds_isTrue(String rule) {
    assertThat(rules.compile(rule).test(ANN, ITEM)).as(rule).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "false",
        "item.n",
        "item.owner == 'bob'",
        "item.missing == 1",
        "item.missing != 1",
        "item.owner > 1",
        "caller.claims['none'][0] == 'x'",
        "caller.claims['team'][7] == 'x'",
        "1 / (item.n - 5) == 1",
        "item.deep == 'x'"
      })
  void test_whenItDoesNotHold_orCannotBeTold_isFalse(String rule) {
    assertThat(rules.compile(rule).test(ANN, ITEM)).as(rule).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "item.n +",
        "item.n + 1",
        "'text'",
        "caller.sbuject == 'ann'",
        "unknown == 1",
        "caller.subject == 1",
        "item.tags.all(t, t == 'a')",
        "[1, 2].exists(n, n == 1)",
        "item.owner.getClass() == 1",
        "System.exit(1)",
        "java.lang.Runtime.getRuntime()"
      })
  void compile_whenItIsNoRule_saysWhy(String rule) {
    assertThatThrownBy(() -> rules.compile(rule))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at character");
  }

  @Test
  void compile_whenItIsVeryLong_refuses() {
    String rule = "item.n == 1" + " || item.n == 1".repeat(500);
    assertThatThrownBy(() -> rules.compile(rule)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void matches_whenThePatternIsEvil_takesLinearTime() {
    JsonObject item =
        (JsonObject)
            Json.CODEC.read(
                ("{\"text\": \"" + "a".repeat(50_000) + "!\"}").getBytes(StandardCharsets.UTF_8));
    assertThat(rules.compile("item.text.matches('^(a+)+$')").test(ANN, item)).isFalse();
  }
}
