package dev.backplane.plugin.dynamodb;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** What happens to bulk writes on their way, and which requests were sent; for one thread. */
final class BulkFaults implements ExecutionInterceptor {
  private final String table;
  private final List<String> sent = new ArrayList<>();
  private final DynamoDbClient client;
  private int done = Integer.MAX_VALUE;
  private List<WriteRequest> left = List.of();
  private int cancellations;
  private String code = "";
  private boolean loses;
  private Runnable afterRead = () -> {};

  BulkFaults(String table) {
    this.table = table;
    this.client = TestDatabase.client(TestDatabase.get().endpoint(), this);
  }

  DynamoDbClient client() {
    return client;
  }

  /** The requests since the last call, by their names. */
  List<String> sent() {
    List<String> names = List.copyOf(sent);
    sent.clear();
    return names;
  }

  /** Has the service write so many items of each batch and leave the others. */
  void leaveAllBut(int count) {
    done = count;
  }

  /** Has the next transactions cancelled. */
  void cancel(int times, String why) {
    cancellations = times;
    code = why;
  }

  /** Has the next transaction done, and its answer lost. */
  void loseAnswer() {
    loses = true;
  }

  /** What others do when a batch of items has been read, once. */
  void afterBatchRead(Runnable action) {
    afterRead = action;
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes ignored) {
    sent.add(context.request().getClass().getSimpleName().replace("Request", ""));
    if (context.request() instanceof TransactWriteItemsRequest request && cancellations > 0) {
      cancellations--;
      CancellationReason none = CancellationReason.builder().code("None").build();
      List<CancellationReason> reasons =
          new ArrayList<>(Collections.nCopies(request.transactItems().size(), none));
      reasons.set(0, CancellationReason.builder().code(code).build());
      throw TransactionCanceledException.builder()
          .message("cancelled")
          .statusCode(400)
          .cancellationReasons(reasons)
          .build();
    }
  }

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes ignored) {
    if (!(context.request() instanceof BatchWriteItemRequest request)) {
      return context.request();
    }
    List<WriteRequest> asked = request.requestItems().get(table);
    int some = Math.min(done, asked.size());
    left = asked.subList(some, asked.size());
    // the service takes no empty batch: one that writes nothing is one that changes nothing
    List<WriteRequest> written = some == 0 ? List.of(deleteOfNothing()) : asked.subList(0, some);
    return request.toBuilder().requestItems(Map.of(table, written)).build();
  }

  private static WriteRequest deleteOfNothing() {
    return WriteRequest.builder()
        .deleteRequest(delete -> delete.key(Map.of("id", AttributeValue.fromS("none"))))
        .build();
  }

  @Override
  public SdkResponse modifyResponse(Context.ModifyResponse context, ExecutionAttributes ignored) {
    return context.response() instanceof BatchWriteItemResponse whole && !left.isEmpty()
        ? whole.toBuilder().unprocessedItems(Map.of(table, left)).build()
        : context.response();
  }

  @Override
  public SdkHttpResponse modifyHttpResponse(
      Context.ModifyHttpResponse context, ExecutionAttributes ignored) {
    if (loses && context.request() instanceof TransactWriteItemsRequest) {
      loses = false;
      return context.httpResponse().toBuilder().statusCode(500).build();
    }
    return context.httpResponse();
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes ignored) {
    if (context.request() instanceof BatchGetItemRequest) {
      Runnable action = afterRead;
      afterRead = () -> {};
      action.run();
    }
  }
}
