package dev.backplane.core.http;

import dev.backplane.spi.Item;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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

  /** As many claims as are remembered; one that is not is free again when its lease is over. */
  private static final int MOST_ABANDONED = 10_000;

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
     * @param again whether somebody may have done the work, or a part, before; {@link
     *     KeptAnswer.Work#intents} says more
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

  /** Claims of this process that nobody works on, though what is kept says otherwise. */
  private final Map<String, Abandoned> abandoned =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Abandoned> eldest) {
              return size() > MOST_ABANDONED;
            }
          });

  /**
   * A claim that could not be given back.
   *
   * @param by its name
   * @param again whether something may have been done under it
   */
  private record Abandoned(String by, boolean again) {}

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
    Optional<Abandoned> left = Optional.ofNullable(abandoned.remove(key.id()));
    // what was abandoned may be kept late: then it is this claim
    String by = left.map(Abandoned::by).orElseGet(() -> UUID.randomUUID().toString());
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      long now = clock.instant().getEpochSecond();
      KeptAnswer fresh =
          new KeptAnswer(
              key.request(),
              now + LEASE.toSeconds(),
              now + expiresAfter.toSeconds(),
              choosesIds ? Optional.of(UUID.randomUUID().toString()) : Optional.empty(),
              new KeptAnswer.Work(by, List.of(), false),
              Optional.empty());
      boolean again = left.map(Abandoned::again).orElse(false);
      Optional<Claim> claim =
          switch (put(key.id(), fresh, new Precondition.Absent(), again)) {
            case PutResult.Created created ->
                Optional.of(new Claim.Ours(key.id(), created.item().version(), fresh, again));
            case PutResult.PreconditionFailed there ->
                there.current().flatMap(item -> claim(key, item, fresh, left, now));
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
  private Optional<Claim> claim(
      IdempotencyKey key, Item item, KeptAnswer fresh, Optional<Abandoned> left, long now) {
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
    Optional<Abandoned> ours = left.filter(claim -> claim.by().equals(kept.work().by()));
    if (ours.isEmpty() && isHeld(kept, now)) {
      throw running();
    }
    boolean again = ours.map(Abandoned::again).orElse(!kept.work().inVain());
    return take(item, kept.claimedBy(fresh.work().by(), now + LEASE.toSeconds()), again);
  }

  /** A lease that ends later than any can is of a clock that was set back since. */
  private static boolean isHeld(KeptAnswer kept, long now) {
    return kept.lease() > now && kept.lease() <= now + 2 * LEASE.toSeconds();
  }

  private Optional<Claim> take(Item item, KeptAnswer kept, boolean again) {
    Precondition unchanged = new Precondition.Matches(item.version());
    return put(item.id(), kept, unchanged, again) instanceof PutResult.Replaced replaced
        ? Optional.of(new Claim.Ours(item.id(), replaced.item().version(), kept, again))
        : Optional.empty();
  }

  /** Claims; where it is not known whether that was done, nobody works on it. */
  private PutResult put(String id, KeptAnswer claim, Precondition precondition, boolean again) {
    try {
      return keeper.put(id, claim.write(), precondition);
    } catch (StoreException failure) {
      abandon(id, claim, again);
      throw failure;
    }
  }

  private void abandon(String id, KeptAnswer claim, boolean again) {
    abandoned.put(id, new Abandoned(claim.work().by(), again));
  }

  /**
   * Keeps what the work is about to change, so that a later try can tell whether it was done.
   *
   * @return the claim as it is from now on
   * @throws HttpProblem when another try has taken over
   */
  Claim.Ours announce(Claim.Ours claim, List<Intent> intents) {
    KeptAnswer kept = claim.kept().withIntents(intents);
    Precondition unchanged = new Precondition.Matches(claim.version());
    if (keeper.put(claim.id(), kept.write(), unchanged) instanceof PutResult.Replaced replaced) {
      return new Claim.Ours(claim.id(), replaced.item().version(), kept, claim.again());
    }
    throw running();
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

  /**
   * Gives the key back: the request failed, and may be sent again.
   *
   * @param inVain whether it is certain that nothing was written
   */
  void release(Claim.Ours claim, boolean inVain, String requestId) {
    settle(claim, claim.kept().released(inVain && !claim.again()), requestId);
  }

  private void settle(Claim.Ours claim, KeptAnswer kept, String requestId) {
    Precondition unchanged = new Precondition.Matches(claim.version());
    try {
      if (!(keeper.put(claim.id(), kept.write(), unchanged) instanceof PutResult.Replaced)) {
        LOG.warn(
            "request {} took so long that another with its Idempotency-Key took it over",
            requestId);
        // or what it was about to do was kept, and nobody heard of it
        abandon(claim.id(), claim.kept(), true);
      }
    } catch (StoreException failure) {
      // what the request did is done, and so its answer is told; another process waits for the end
      // of the lease
      abandon(claim.id(), claim.kept(), true);
      LOG.warn(
          "request {}: its answer could not be kept for its Idempotency-Key", requestId, failure);
    }
  }
}
