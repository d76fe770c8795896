package dev.backplane.core.http;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one request of each {@code Idempotency-Key} do its work, across all processes that share the
 * store: every step is a put on the condition that nobody else made it.
 */
final class KeptAnswers {
  /** Longer than any request can run; then its process has died and another may take over. */
  static final Duration LEASE = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(KeptAnswers.class);

  /** Each means that somebody else made a step in between, so there are few. */
  private static final int ATTEMPTS = 10;

  /** The store that keeps the answers. */
  interface Keeper {
    PutResult put(String id, JsonObject body, Precondition precondition);
  }

  /** What came of claiming a key. */
  sealed interface Claim {
    /**
     * The caller does the work, and then keeps its answer or gives the key back.
     *
     * @param id the item that says so
     * @param version its state
     * @param kept what it says
     * @param again whether somebody may have done the work, or a part, before
     */
    record Ours(String id, String version, KeptAnswer kept, boolean again) implements Claim {}

    /**
     * The work has been done.
     *
     * @param reply the answer that it got
     */
    record Done(Reply reply) implements Claim {}
  }

  private final Keeper keeper;
  private final Duration expiresAfter;
  private final Clock clock;

  KeptAnswers(Keeper keeper, Duration expiresAfter, Clock clock) {
    this.keeper = keeper;
    this.expiresAfter = expiresAfter;
    this.clock = clock;
  }

  /**
   * Claims a key.
   *
   * @param key the key
   * @param choosesIds whether the gateway chooses the ids of new items
   */
  Claim claim(IdempotencyKey key, boolean choosesIds) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      long now = clock.instant().getEpochSecond();
      KeptAnswer fresh =
          new KeptAnswer(
              key.request(),
              now + LEASE.toSeconds(),
              now + expiresAfter.toSeconds(),
              choosesIds ? Optional.of(UUID.randomUUID().toString()) : Optional.empty(),
              Optional.empty());
      Optional<Claim> claim =
          switch (keeper.put(key.id(), fresh.write(), new Precondition.Absent())) {
            case PutResult.Created created ->
                Optional.of(new Claim.Ours(key.id(), created.item().version(), fresh, false));
            case PutResult.PreconditionFailed there ->
                there.current().flatMap(item -> claim(key, item, fresh, now));
            case PutResult.Replaced replaced ->
                throw new IllegalStateException("put replaced an item");
          };
      if (claim.isPresent()) {
        return claim.get();
      }
    }
    throw running();
  }

  /** Claims a key that was used before; empty when somebody else was quicker. */
  private Optional<Claim> claim(IdempotencyKey key, Item item, KeptAnswer fresh, long now) {
    KeptAnswer kept = KeptAnswer.read(item.body());
    if (kept.expires() <= now) {
      return take(item, fresh, false);
    }
    if (!kept.request().equals(key.request())) {
      throw new HttpProblem(
          422, "This Idempotency-Key was used for another request: use a new key for each.");
    }
    if (kept.reply().isPresent()) {
      return Optional.of(new Claim.Done(kept.reply().get()));
    }
    if (kept.lease() > now) {
      throw running();
    }
    return take(item, kept.withLease(now + LEASE.toSeconds()), true);
  }

  private Optional<Claim> take(Item item, KeptAnswer kept, boolean again) {
    Precondition unchanged = new Precondition.Matches(item.version());
    return keeper.put(item.id(), kept.write(), unchanged) instanceof PutResult.Replaced replaced
        ? Optional.of(new Claim.Ours(item.id(), replaced.item().version(), kept, again))
        : Optional.empty();
  }

  private static HttpProblem running() {
    return new HttpProblem(
        409,
        "The first request with this Idempotency-Key is still running; its answer will be there"
            + " soon.",
        Map.of("Retry-After", "1"));
  }

  /** Keeps the answer of a request that is done. */
  void keep(Claim.Ours claim, Reply reply, String requestId) {
    settle(claim, claim.kept().withReply(reply), requestId);
  }

  /** Gives the key back: the request failed, and may be sent again. */
  void release(Claim.Ours claim, String requestId) {
    settle(claim, claim.kept().withLease(0), requestId);
  }

  private void settle(Claim.Ours claim, KeptAnswer kept, String requestId) {
    Precondition unchanged = new Precondition.Matches(claim.version());
    try {
      if (!(keeper.put(claim.id(), kept.write(), unchanged) instanceof PutResult.Replaced)) {
        LOG.warn(
            "request {} took so long that another with its Idempotency-Key took it over",
            requestId);
      }
    } catch (StoreException failure) {
      // what the request did is done, and so its answer is told; the lease ends by itself
      LOG.warn(
          "request {}: its answer could not be kept for its Idempotency-Key", requestId, failure);
    }
  }
}
