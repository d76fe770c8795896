package dev.backplane.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.core.http.Cursors.Place;
import dev.backplane.core.http.ListRequest.Form;
import dev.backplane.core.http.ListRequest.Paging;
import dev.backplane.spi.FieldPath;
import dev.backplane.spi.Filter;
import dev.backplane.spi.Operator;
import dev.backplane.spi.Order;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CursorsTest {
  private static final Clock NOW = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  private static final Place PLACE = new Place(50, Cursors.Maker.STORE, "store's own: ü/😀");

  private static final RandomSecret RANDOM = new RandomSecret();

  private final Cursors cursors = new Cursors(Optional.of("a secret of some length"), RANDOM, NOW);

  @Test
  void verify_whenSigned_givesThePlace() {
    ListRequest request = request(Filter.all());

    assertThat(
            cursors.verify(
                cursors.sign(PLACE, "users", request, Caller.NOBODY),
                "users",
                request,
                Caller.NOBODY))
        .isEqualTo(PLACE);
  }

  @Test
  void verify_whenSomebodyElseSends_refuses() {
    ListRequest request = request(Filter.all());
    Caller ann = Caller.of("ann", Set.of(), Map.of());
    String cursor = cursors.sign(PLACE, "users", request, ann);

    assertThat(cursors.verify(cursor, "users", request, ann)).isEqualTo(PLACE);
    assertRefused(cursors, cursor, "users", request);
  }

  @Test
  void hidden_whenRead_tellsNothing_untilItIsShown() {
    Place hidden = cursors.hidden(PLACE);

    assertThat(hidden.text()).doesNotContain(PLACE.text());
    assertThat(cursors.hidden(PLACE).text()).isNotEqualTo(hidden.text());
    assertThat(cursors.shown(hidden)).isEqualTo(PLACE);
    assertThatThrownBy(() -> cursors.shown(PLACE)).isInstanceOf(HttpProblem.class);
    Cursors other = new Cursors(Optional.of("another secret of some length"), RANDOM, NOW);
    assertThatThrownBy(() -> other.shown(hidden)).isInstanceOf(HttpProblem.class);
  }

  @Test
  void verify_whenAnotherInstanceHasTheSecret_givesThePlace() {
    Cursors other = new Cursors(Optional.of("a secret of some length"), RANDOM, NOW);
    ListRequest request = request(Filter.all());

    assertThat(
            other.verify(
                cursors.sign(PLACE, "users", request, Caller.NOBODY),
                "users",
                request,
                Caller.NOBODY))
        .isEqualTo(PLACE);
  }

  @Test
  void verify_whenAnyCharacterIsChanged_refuses() {
    ListRequest request = request(Filter.all());
    String cursor = cursors.sign(PLACE, "users", request, Caller.NOBODY);

    // the last character may carry bits that mean nothing
    for (int i = 0; i < cursor.length() - 1; i++) {
      char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
      String changed = cursor.substring(0, i) + other + cursor.substring(i + 1);
      assertRefused(cursors, changed, "users", request);
    }
    assertRefused(cursors, "", "users", request);
    assertRefused(cursors, "no base64!", "users", request);
  }

  @Test
  void verify_whenOfAnotherListOrSecret_refuses() {
    Filter one = Filter.where("a", Operator.IN, "b", "c");
    String cursor = cursors.sign(PLACE, "users", request(one), Caller.NOBODY);

    assertRefused(cursors, cursor, "orders", request(one));
    assertRefused(cursors, cursor, "users", request(Filter.all()));
    assertRefused(cursors, cursor, "users", request(Filter.where("a", Operator.IN, "b,c")));
    assertRefused(cursors, cursor, "users", request(Filter.where("a", Operator.NIN, "b", "c")));
    assertRefused(cursors, cursor, "users", request(new Filter.Not(one)));
    assertRefused(cursors, cursor, "users", request(one, new Order(FieldPath.parse("a"), false)));
    assertRefused(new Cursors(Optional.empty(), RANDOM, NOW), cursor, "users", request(one));
  }

  @Test
  void verify_whenOlderThanADay_refuses() {
    ListRequest request = request(Filter.all());
    String cursor = cursors.sign(PLACE, "users", request, Caller.NOBODY);
    Cursors inADay =
        new Cursors(
            Optional.of("a secret of some length"), RANDOM, Clock.offset(NOW, Duration.ofDays(1)));
    Cursors later =
        new Cursors(
            Optional.of("a secret of some length"),
            RANDOM,
            Clock.offset(NOW, Duration.ofDays(1).plusSeconds(1)));

    assertThat(inADay.verify(cursor, "users", request, Caller.NOBODY)).isEqualTo(PLACE);
    assertRefused(later, cursor, "users", request);
  }

  private static void assertRefused(
      Cursors cursors, String cursor, String resource, ListRequest request) {
    assertThatThrownBy(() -> cursors.verify(cursor, resource, request, Caller.NOBODY))
        .isInstanceOfSatisfying(
            HttpProblem.class, problem -> assertThat(problem.status()).isEqualTo(400));
  }

  private static ListRequest request(Filter filter, Order... order) {
    return new ListRequest(
        filter,
        List.of(order),
        new Paging(Form.CURSOR, 0, 25, Optional.empty()),
        Projection.ALL,
        RelationWords.NONE);
  }
}
