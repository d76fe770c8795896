package dev.backplane.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.core.mapping.Access;
import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Filter;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Operator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nobody becomes somebody else by spelling their name differently. */
class RowsTest {
  private static Rows of(Caller caller, String claim) {
    Access.Ownership owner =
        new Access.Ownership(FieldPath.parse("owner"), claim, List.of("admin"));
    return Rows.of(Optional.of(owner), caller, Optional.empty(), Optional.empty());
  }

  private static Rows of(String subject) {
    return of(Caller.of(subject, Set.of(), Map.of()), "sub");
  }

  private static JsonObject owned(String json) {
    return (JsonObject)
        Json.CODEC.read(("{\"owner\": " + json + "}").getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          ann   | "ann"   | true
          ann   | "Ann"   | false
          ann   | "ann "  | false
          ann   | ["ann"] | false
          ann   | null    | false
          17    | 17      | true
          17    | 17.0    | true
          17    | "17"    | true
          17    | "017"   | false
          017   | 17      | false
          017   | "017"   | true
          017   | "17"    | false
          17.0  | 17      | false
          1e1   | 10      | false
          -0    | 0       | false
          true  | true    | false
          true  | "true"  | true
          null  | null    | false
          """)
  void maySee_goesByTheNameToTheLetter(String subject, String owner, boolean sees) {
    assertThat(of(subject).maySee(owned(owner))).isEqualTo(sees);
  }

  /**
   * Where the filter takes more for equal than the gateway does, a store's count would be wrong.
   */
  @ParameterizedTest
  @CsvSource({"ann, true", "17, true", "017, false", "1e1, false", "true, false", "a17, true"})
  void isExact_whereTheFilterSaysTheSame(String subject, boolean exact) {
    assertThat(of(subject).isExact()).isEqualTo(exact);
  }

  @Test
  void and_addsTheOwner_toWhatAStoreIsAsked() {
    Filter asked = Filter.where("n", Operator.GT, "1");
    assertThat(of("ann").and(asked))
        .isEqualTo(new Filter.And(List.of(asked, Filter.where("owner", Operator.EQ, "ann"))));
    assertThat(of("ann").and(Filter.all())).isEqualTo(Filter.where("owner", Operator.EQ, "ann"));
    Caller both = Caller.of("x", Set.of(), Map.of("team", List.of("a", "b")));
    assertThat(of(both, "team").and(Filter.all()))
        .isEqualTo(Filter.where("owner", Operator.IN, "a", "b"));
    assertThat(of("ann").and(List.of(FieldPath.parse("n"))))
        .containsExactly(FieldPath.parse("n"), FieldPath.parse("owner"));
    assertThat(of("ann").and(List.<FieldPath>of())).isEmpty();
  }

  @Test
  void whoHasNotTheClaim_seesNothing_andOwnsNothing() {
    for (Caller caller :
        List.of(
            Caller.NOBODY,
            Caller.of("ann", Set.of(), Map.of()),
            Caller.of("ann", Set.of(), Map.of("team", List.of(""))))) {
      Rows rows = of(caller, "team");
      assertThat(rows.isNone()).isTrue();
      assertThat(rows.maySee(owned("\"\""))).isFalse();
      assertThat(rows.maySee(JsonObject.empty())).isFalse();
      assertThatThrownBy(() -> rows.own(JsonObject.empty())).isInstanceOf(HttpProblem.class);
    }
    assertThat(of(Caller.NOBODY, "sub").isNone()).isTrue();
  }

  @Test
  void own_fillsInTheOwner_orHasItNamed() {
    assertThat(of("ann").own(JsonObject.empty())).isEqualTo(owned("\"ann\""));
    assertThat(of("ann").own(owned("\"ann\""))).isEqualTo(owned("\"ann\""));
    assertThatThrownBy(() -> of("ann").own(owned("\"bob\""))).isInstanceOf(HttpProblem.class);
    assertThatThrownBy(() -> of("ann").own(owned("null"))).isInstanceOf(HttpProblem.class);
    Rows both = of(Caller.of("x", Set.of(), Map.of("team", List.of("a", "b"))), "team");
    assertThat(both.own(owned("\"b\""))).isEqualTo(owned("\"b\""));
    assertThatThrownBy(() -> both.own(JsonObject.empty())).isInstanceOf(HttpProblem.class);
  }

  @Test
  void exceptedRoles_seeAll() {
    assertThat(of(Caller.of("root", Set.of("admin"), Map.of()), "sub")).isSameAs(Rows.ALL);
  }
}
