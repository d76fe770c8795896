package dev.backplane.plugin.dynamodb;

import static dev.backplane.plugin.dynamodb.TableFixture.by;
import static dev.backplane.plugin.dynamodb.TableFixture.n;
import static dev.backplane.plugin.dynamodb.TableFixture.s;
import static dev.backplane.plugin.dynamodb.TableFixture.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Operator;
import dev.backplane.spi.Page;
import dev.backplane.spi.Page.Filtering;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.Query;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Tables whose key has two parts: ids, fields, and lists that the key serves. */
class CompositeKeyIT {
  private static final String ORDERS =
      "{'key': 'customer', 'sort-key': 'at', 'sort-key-type': 'number'}";

  private final TableFixture orders = TableFixture.make(ORDERS);

  @AfterEach
  void close() {
    orders.close();
  }

  private void fill() {
    for (String customer : List.of("ann", "b~b", "c")) {
      for (int at = 1; at <= 9; at++) {
        orders.putByOthers(
            Map.of("customer", s(customer), "at", n(at), "state", s(at % 2 == 0 ? "even" : "odd")));
      }
    }
  }

  @Test
  void items_of_others_have_an_id_of_both_parts_and_the_parts_as_fields() {
    fill();
    Item item = orders.store.get("b!7Eb~3").orElseThrow();
    assertThat(item.body())
        .isEqualTo(TestTable.json("{'id': 'b!7Eb~3', 'customer': 'b~b', 'at': 3, 'state': 'odd'}"));
    for (String missing : List.of("b~b~3", "b!7eb~3", "ann~03", "ann~3.0", "ann", "~3", "ann~x")) {
      assertThat(orders.store.get(missing)).as(missing).isEmpty();
    }
  }

  @Test
  void put_takes_the_parts_from_the_id_and_refuses_others() {
    JsonObject body = JsonObject.of("state", new JsonString("new"));
    PutResult made = orders.store.put("ann~7", body, new Precondition.Absent());
    Item item = ((PutResult.Created) made).item();
    assertThat(item.body().get("customer")).contains(new JsonString("ann"));
    assertThat(item).isEqualTo(orders.store.get("ann~7").orElseThrow());

    // as a client sends back what it has read
    PutResult again =
        orders.store.put("ann~7", item.body(), new Precondition.Matches(item.version()));
    assertThat(again).isInstanceOf(PutResult.Replaced.class);
    assertInvalid(
        () ->
            orders.store.put(
                "ann~7", body.with("customer", new JsonString("bob")), new Precondition.None()),
        "customer");
    assertInvalid(
        () ->
            orders.store.put(
                "ann~7", body.with("at", new JsonString("7")), new Precondition.None()),
        "at");
    assertInvalid(() -> orders.store.put("ann", body, new Precondition.None()), "customer~at");
  }

  @Test
  void create_takes_the_id_from_the_fields_of_the_key() {
    JsonObject body = JsonObject.of("customer", new JsonString("a!b")).with("at", JsonNumber.of(5));
    assertThat(orders.store.create(body).id()).isEqualTo("a!21b~5");
    assertThatThrownBy(() -> orders.store.create(body))
        .isInstanceOfSatisfying(
            StoreException.class, taken -> assertThat(taken.reason()).isEqualTo(Reason.CONFLICT));
    assertInvalid(() -> orders.store.create(body.without("at")), "at");
    assertInvalid(() -> orders.store.create(body.without("customer")), "customer");
    assertInvalid(() -> orders.store.create(body.with("at", new JsonString("5"))), "at");
  }

  @Test
  void create_when_the_second_part_is_text_chooses_it() {
    try (TableFixture notes = TableFixture.make("{'key': 'author', 'sort-key': 'note'}")) {
      JsonObject body = JsonObject.of("author", new JsonString("ann"));
      String first = notes.store.create(body).id();
      assertThat(first).matches("ann~[0-9a-f-]{36}").isNotEqualTo(notes.store.create(body).id());
    }
  }

  @Test
  void ids_when_a_part_is_binary_are_in_base64url() {
    try (TableFixture blobs =
        TableFixture.make("{'key': 'hash', 'key-type': 'binary', 'sort-key': 'name'}")) {
      byte[] bytes = {-5, -1, 62, 63};
      AttributeValue hash = AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
      blobs.putByOthers(Map.of("hash", hash, "name", s("x")));
      Item item = blobs.store.list(Query.first(1)).items().get(0);
      assertThat(item.id()).isEqualTo("-_8-Pw~x");
      assertThat(item.body().get("hash")).contains(new JsonString("+/8+Pw=="));
      assertThat(blobs.store.get(item.id())).contains(item);
      assertThat(blobs.ids(where("hash", Operator.EQ, "+/8+Pw=="))).containsExactly(item.id());
      assertThat(blobs.sent()).endsWith("Query");
      assertThat(blobs.store.put(item.id(), item.body(), new Precondition.Exists()))
          .isInstanceOf(PutResult.Replaced.class);
    }
  }

  @Test
  void list_when_the_first_part_is_given_reads_its_partition_alone() {
    fill();
    Query ann = where("customer", Operator.EQ, "ann");
    assertThat(orders.ids(ann)).hasSize(9).allMatch(id -> id.startsWith("ann~"));
    assertThat(orders.sent()).containsOnly("Query");
    Page.Work work = orders.store.list(ann).work();
    assertThat(work.filtering()).isEqualTo(Filtering.ALL);
    assertThat(work.details()).containsEntry("read", "query").containsKey("capacity");
    // one more than the page tells whether there is a next one
    assertThat(work.examined()).hasValue(6);
    assertThat(orders.store.count(ann.filter())).hasValue(9);
  }

  @Test
  void list_when_a_range_of_the_second_part_is_given_examines_no_more() {
    fill();
    Filter ann = Filter.where("customer", Operator.EQ, "ann");
    for (var each :
        Map.of(
                Filter.where("at", Operator.GT, "4"), List.of(5, 6, 7, 8, 9),
                Filter.where("at", Operator.GTE, "4.0"), List.of(4, 5, 6, 7, 8, 9),
                Filter.where("at", Operator.LT, "3"), List.of(1, 2),
                Filter.where("at", Operator.LTE, "3"), List.of(1, 2, 3),
                Filter.where("at", Operator.BETWEEN, "3", "5"), List.of(3, 4, 5),
                Filter.where("at", Operator.EQ, "4"), List.of(4),
                Filter.where("at", Operator.BETWEEN, "5", "3"), List.<Integer>of(),
                Filter.where("at", Operator.GT, "x"), List.<Integer>of())
            .entrySet()) {
      Query query = where(ann, each.getKey());
      assertThat(orders.ids(query))
          .as(each.getKey().toString())
          .containsExactlyElementsOf(each.getValue().stream().map(at -> "ann~" + at).toList());
      Page page = orders.store.list(query.limitedTo(9));
      assertThat(page.work().examined()).hasValue(each.getValue().size());
      assertThat(orders.store.count(query.filter())).hasValue(each.getValue().size());
    }
    // both ends are left out, which the service cannot say
    assertThat(
            orders.ids(
                where(
                    ann,
                    Filter.where("at", Operator.GT, "3"),
                    Filter.where("at", Operator.LT, "6"))))
        .containsExactly("ann~4", "ann~5");
  }

  @Test
  void list_when_ordered_by_the_second_part_is_read_in_that_order() {
    fill();
    Query ann = where("customer", Operator.EQ, "ann").limitedTo(4);
    List<String> ascending =
        List.of(1, 2, 3, 4, 5, 6, 7, 8, 9).stream().map(at -> "ann~" + at).toList();
    assertThat(orders.ids(ann.orderedBy(by("at", false)))).isEqualTo(ascending);
    assertThat(orders.ids(ann.orderedBy(by("at", true)))).isEqualTo(ascending.reversed());
    assertThat(orders.sent()).containsOnly("Query");
    assertUnsupported(ann.orderedBy(by("state", false)));
    assertUnsupported(where("state", Operator.EQ, "odd").orderedBy(by("at", false)));
    assertUnsupported(where("customer", Operator.IN, "ann", "c").orderedBy(by("at", false)));
  }

  @Test
  void list_when_several_first_parts_are_given_reads_each() {
    fill();
    Query query =
        where(
            Filter.where("customer", Operator.IN, "c", "nobody", "b~b", "c"),
            Filter.where("at", Operator.GTE, "6"));
    for (int limit : new int[] {1, 3, 4, 5, 8, 9, 100, 1_000}) {
      assertThat(orders.ids(query.limitedTo(limit)))
          .as("pages of %d", limit)
          .containsExactly("c~6", "c~7", "c~8", "c~9", "b!7Eb~6", "b!7Eb~7", "b!7Eb~8", "b!7Eb~9");
    }
    assertThat(orders.sent()).containsOnly("Query");
    assertThat(orders.store.count(query.filter())).hasValue(8);
  }

  @Test
  void list_when_the_id_is_given_reads_one_item() {
    fill();
    assertThat(orders.ids(where("id", Operator.EQ, "ann~3"))).containsExactly("ann~3");
    assertThat(orders.ids(where("id", Operator.EQ, "ann~3.0"))).isEmpty();
    assertThat(orders.ids(where("id", Operator.EQ, "no id"))).isEmpty();
    assertThat(orders.sent()).containsExactly("Query");
  }

  private void assertUnsupported(Query query) {
    assertThatThrownBy(() -> orders.store.list(query))
        .isInstanceOfSatisfying(
            StoreException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.UNSUPPORTED));
  }

  private static void assertInvalid(ThrowingCallable call, String named) {
    assertThatThrownBy(call)
        .hasMessageContaining(named)
        .isInstanceOfSatisfying(
            StoreException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.INVALID));
  }
}
