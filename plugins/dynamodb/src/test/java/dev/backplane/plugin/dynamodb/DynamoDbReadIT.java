package dev.backplane.plugin.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.Filter;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Operator;
import dev.backplane.spi.Page.Filtering;
import dev.backplane.spi.Page.Work;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.Provision;
import dev.backplane.spi.Query;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import dev.backplane.testkit.TestContext;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** What DynamoDB leaves undone of a batch, how large it says a table is, and what a scan tells. */
class DynamoDbReadIT {
  private final String table = TestDatabase.get().newTable("id", ScalarAttributeType.S);
  private final List<SdkRequest> sent = new ArrayList<>();

  private DynamoDbStore store(ExecutionInterceptor... interceptors) {
    DynamoDbClient client = TestDatabase.client(TestDatabase.get().endpoint(), interceptors);
    TableSettings settings = TestTable.settings(table);
    TestContext context = TestContext.of(JsonObject.empty(), Path.of(""));
    Backend backend = new Backend(() -> client, () -> {}, client::close, Provision::none);
    return new DynamoDbStore(
        settings, context.json(), Duration.ofSeconds(5), backend, Clock.systemUTC());
  }

  private Set<String> fill(int count) {
    Set<String> ids = new LinkedHashSet<>();
    try (DynamoDbStore store = store()) {
      for (int i : IntStream.range(0, count).toArray()) {
        ids.add("item-" + i);
        JsonObject body = JsonObject.of("n", JsonNumber.of(i));
        store.put("item-" + i, body, new Precondition.None());
      }
    }
    return ids;
  }

  /** Notes every request, and has batches leave all but so many keys for later. */
  private ExecutionInterceptor leaving(int done) {
    return new ExecutionInterceptor() {
      @Override
      public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes ignored) {
        sent.add(context.request());
        if (context.request() instanceof DescribeTableRequest && done < 0) {
          throw DynamoDbException.builder()
              .statusCode(400)
              .awsErrorDetails(AwsErrorDetails.builder().errorCode("AccessDeniedException").build())
              .build();
        }
      }

      @Override
      public SdkResponse modifyResponse(
          Context.ModifyResponse context, ExecutionAttributes ignored) {
        if (!(context.request() instanceof BatchGetItemRequest request) || done < 0) {
          return context.response();
        }
        KeysAndAttributes asked = request.requestItems().get(table);
        int some = Math.min(done, asked.keys().size());
        KeysAndAttributes left =
            asked.toBuilder().keys(asked.keys().subList(some, asked.keys().size())).build();
        BatchGetItemResponse whole = (BatchGetItemResponse) context.response();
        return whole.toBuilder()
            .responses(
                Map.of(
                    table,
                    whole.responses().get(table).stream()
                        .filter(item ->
                            left.keys().stream()
                                .noneMatch(key -> key.get("id").equals(item.get("id"))))
                        .toList()))
            .unprocessedKeys(left.keys().isEmpty() ? Map.of() : Map.of(table, left))
            .build();
      }
    };
  }

  @Test
  void getAll_when_the_service_leaves_keys_asks_again() {
    Set<String> ids = fill(23);
    try (DynamoDbStore store = store(leaving(10))) {
      assertThat(store.getAll(ids).stream().map(Item::id)).containsExactlyInAnyOrderElementsOf(ids);
    }
    assertThat(sent).hasSize(3);
  }

  @Test
  void getAll_when_the_service_gives_nothing_fails_soon_and_never_in_part() {
    Set<String> ids = fill(3);
    try (DynamoDbStore store = store(leaving(0))) {
      assertThatThrownBy(() -> store.getAll(ids))
          .isInstanceOfSatisfying(
              StoreException.class,
              failure -> assertThat(failure.reason()).isEqualTo(Reason.THROTTLED));
    }
    assertThat(sent).hasSize(5);
  }

  @Test
  void getAll_when_there_are_many_takes_a_hundred_at_once_consistently() {
    Set<String> ids = fill(101);
    ids.add("x".repeat(2049)); // which no item can have
    try (DynamoDbStore store = store(leaving(100))) {
      assertThat(store.getAll(ids)).hasSize(101);
    }
    assertThat(sent)
        .map(request -> ((BatchGetItemRequest) request).requestItems().get(table))
        .allMatch(KeysAndAttributes::consistentRead)
        .extracting(asked -> asked.keys().size())
        .containsExactly(100, 1);
  }

  @Test
  void estimate_is_the_services_number_and_asked_for_once() {
    fill(4);
    try (DynamoDbStore store = store(leaving(0))) {
      assertThat(store.estimate(Filter.all())).hasValue(4);
      fill(5);
      assertThat(store.estimate(Filter.all())).hasValue(4);
      assertThat(store.estimate(Filter.where("n", Operator.EQ, "1"))).isEmpty();
      assertThat(store.count(Filter.all())).isEmpty();
    }
    assertThat(sent).hasSize(1);
  }

  @Test
  void estimate_when_the_credentials_do_not_allow_it_is_empty() {
    fill(1);
    try (DynamoDbStore store = store(leaving(-1))) {
      assertThat(store.estimate(Filter.all())).isEmpty();
      assertThat(store.estimate(Filter.all())).isEmpty();
      assertThat(store.list(Query.first(5)).items()).hasSize(1);
    }
    assertThat(sent.stream().filter(DescribeTableRequest.class::isInstance)).hasSize(1);
  }

  @Test
  void list_says_how_much_of_the_filter_the_service_applied_and_what_it_examined() {
    fill(12);
    Filter said = Filter.where("n", Operator.GTE, "10");
    Filter unsaid = new Filter.Search("1");
    Filter id = Filter.where("id", Operator.EQ, "item-1");
    assertThat(work(Filter.all())).isEqualTo(work(Filtering.ALL, 12, "scan"));
    assertThat(work(said)).isEqualTo(work(Filtering.ALL, 12, "scan"));
    assertThat(work(unsaid)).isEqualTo(work(Filtering.NONE, 12, "scan"));
    assertThat(work(and(said, unsaid))).isEqualTo(work(Filtering.PART, 12, "scan"));
    assertThat(work(id)).isEqualTo(work(Filtering.ALL, 1, "query"));
    assertThat(work(and(id, unsaid))).isEqualTo(work(Filtering.PART, 1, "query"));
    assertThat(work(and(id, said))).isEqualTo(work(Filtering.ALL, 1, "query"));
  }

  private static Filter and(Filter left, Filter right) {
    return new Filter.And(List.of(left, right));
  }

  private static Work work(Filtering filtering, int examined, String read) {
    return new Work(filtering, OptionalLong.of(examined), Map.of("read", read, "capacity", "1"));
  }

  private Work work(Filter filter) {
    try (DynamoDbStore store = store()) {
      return store.list(Query.first(20).filteredBy(filter)).work();
    }
  }
}
