package dev.backplane.core.http;

import dev.backplane.core.http.KeptAnswers.Claim;
import dev.backplane.core.mapping.Mapping;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonNull;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.JsonValue;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Answers a request with an {@code Idempotency-Key} once: who sends it again gets the first answer,
 * and nothing is changed. Every answer below 500 is kept, also one that says why not.
 */
final class Replays {
  /** What fits into an item of any store, DynamoDB's 400 KB included. */
  private static final int MAX_BODY = 256 * 1024;

  private final Optional<KeptAnswers> answers;

  private Replays(Optional<KeptAnswers> answers) {
    this.answers = answers;
  }

  /** Keeps answers in the resource that the mapping names, if it names one. */
  static Replays of(Mapping mapping, List<ServedResource> resources, Clock clock) {
    return new Replays(
        mapping
            .idempotency()
            .flatMap(settings ->
                resources.stream()
                    .filter(resource -> resource.name().equals(settings.resource()))
                    .findFirst()
                    .map(keeper ->
                        new KeptAnswers(keeper.store()::put, settings.expiresAfter(), clock))));
  }

  static Optional<String> whyNoKeeper(ServedResource resource) {
    if (!resource.store().isWritable()) {
      return Optional.of("it cannot keep answers for \"idempotency\", as its store only reads");
    }
    String id = resource.mapping().idField();
    return KeptAnswer.FIELDS.contains(id)
        ? Optional.of("it keeps answers for \"idempotency\", whose field \"" + id + "\" is no id")
        : Optional.empty();
  }

  static Optional<String> whyNoIds(ServedResource resource) {
    return resource.store().hasRandomIds()
        ? Optional.empty()
        : Optional.of(
            "it cannot keep answers for \"idempotency\", as the gateway cannot choose its ids");
  }

  /**
   * Answers a request.
   *
   * @param exchange the request
   * @param resource what it writes to
   * @param write does what the request asks for
   */
  void answer(Exchange exchange, ServedResource resource, Function<Attempt, Reply> write)
      throws IOException {
    Optional<IdempotencyKey> key = IdempotencyKey.of(exchange);
    if (key.isEmpty()) {
      exchange.send(write.apply(Attempt.ONLY));
      return;
    }
    KeptAnswers kept =
        answers.orElseThrow(() ->
            HttpProblem.badRequest(
                "Idempotency-Key cannot be honoured here: the mapping has no idempotency. Leave"
                    + " the header out."));
    switch (kept.claim(key.get(), resource.store().hasRandomIds())) {
      case Claim.Done done -> replay(exchange, new ReplayedReply(resource).of(done.reply()));
      case Claim.Ours ours -> exchange.send(once(kept, ours, exchange.requestId(), write));
    }
  }

  private static Reply once(
      KeptAnswers kept, Claim.Ours claim, String requestId, Function<Attempt, Reply> write) {
    Announced work = new Announced(kept, claim);
    try {
      Reply reply = write.apply(new Attempt(claim.kept().seed(), claim.again(), work));
      kept.keep(work.claim, bounded(reply), requestId);
      return reply;
    } catch (RuntimeException | LinkageError | StackOverflowError failure) {
      HttpProblem problem = Failures.problem(requestId, failure);
      if (problem.status() >= 500) {
        kept.release(work.claim, problem.status() == 503, requestId);
      } else {
        kept.keep(work.claim, ofProblem(problem), requestId);
      }
      throw problem;
    }
  }

  /** The claim of a request, which tells what it is about to do. For one thread. */
  private static final class Announced implements Attempt.Intents {
    private final KeptAnswers kept;
    private final List<Intent> earlier;
    private Claim.Ours claim;

    Announced(KeptAnswers kept, Claim.Ours claim) {
      this.kept = kept;
      this.claim = claim;
      this.earlier = claim.kept().work().intents();
    }

    @Override
    public List<Intent> earlier() {
      return earlier;
    }

    @Override
    public void announce(Supplier<List<Intent>> intents) {
      claim = kept.announce(claim, intents.get());
    }
  }

  private static void replay(Exchange exchange, Reply reply) throws IOException {
    if (reply.status() < 400) {
      exchange.send(reply);
      return;
    }
    JsonObject said = object(reply.body());
    String detail = said.get("detail").flatMap(JsonValue::text).orElse("");
    throw new HttpProblem(reply.status(), detail, reply.headers(), object(said.get("members")));
  }

  private static Reply ofProblem(HttpProblem problem) {
    JsonObject members = problem.members();
    if (Json.CODEC.write(members).length > MAX_BODY) {
      members =
          members.get("results").orElse(JsonNull.NULL) instanceof JsonArray results
              ? JsonObject.of("results", Reply.statuses(results))
              : JsonObject.empty();
    }
    JsonObject said =
        JsonObject.of("detail", new JsonString(problem.detail())).with("members", members);
    return new Reply(problem.status(), problem.headers(), Optional.of(said));
  }

  private static JsonObject object(Optional<JsonValue> value) {
    return value.orElse(JsonObject.empty()) instanceof JsonObject object
        ? object
        : JsonObject.empty();
  }

  /** What is kept of an answer too large to keep: as much as one who prefers little gets. */
  private static Reply bounded(Reply reply) {
    if (reply.body().isEmpty() || Json.CODEC.write(reply.body().get()).length <= MAX_BODY) {
      return reply;
    }
    return reply.minimal();
  }
}
