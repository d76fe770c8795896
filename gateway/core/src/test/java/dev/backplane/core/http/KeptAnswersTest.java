package dev.backplane.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.backplane.core.http.KeptAnswers.Claim;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeptAnswersTest {
  private static final IdempotencyKey KEY = new IdempotencyKey("key", "request");
  private static final Reply REPLY =
      new Reply(
          201,
          Map.of("ETag", "\"1\""),
          Optional.of(JsonObject.of("n", JsonNumber.parse("1.10").orElseThrow())));

  private final Time time = new Time();
  private final Memory memory = new Memory();
  private final KeptAnswers answers = new KeptAnswers(memory, Duration.ofHours(1), time);

  @Test
  void claim_whenTheFirstIsStillRunning_is409() {
    ours(answers.claim(KEY, true));
    HttpProblem refused = refusal(KEY);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.headers()).containsKey("Retry-After");
  }

  @Test
  void claim_whenTheFirstIsDone_givesItsAnswer() {
    answers.keep(ours(answers.claim(KEY, true)), REPLY, "request");
    assertThat(answers.claim(KEY, true)).isEqualTo(new Claim.Done(REPLY));
    time.pass(Duration.ofMinutes(59));
    assertThat(answers.claim(KEY, true)).isEqualTo(new Claim.Done(REPLY));
  }

  @Test
  void claim_whenTheAnswerHasExpired_isNew_forOneOfThem() {
    answers.keep(ours(answers.claim(KEY, true)), REPLY, "request");
    time.pass(Duration.ofMinutes(61));
    Claim.Ours claim = ours(answers.claim(new IdempotencyKey("key", "another request"), true));
    assertThat(claim.again()).isFalse();
    assertThat(refusal(KEY).status()).isEqualTo(422);
  }

  @Test
  void claim_whenTheProcessOfTheFirstDied_isTakenOver_withTheSameSeed() {
    Claim.Ours first = ours(answers.claim(KEY, true));
    time.pass(KeptAnswers.LEASE.plusSeconds(1));
    assertThat(refusal(new IdempotencyKey("key", "another request")).status()).isEqualTo(422);
    Claim.Ours second = ours(answers.claim(KEY, true));
    assertThat(second.again()).isTrue();
    assertThat(second.kept().seed()).isPresent().isEqualTo(first.kept().seed());
    assertThat(refusal(KEY).status()).isEqualTo(409);

    // the first was not dead after all: its answer does not replace the claim of the second
    answers.keep(first, REPLY, "request");
    assertThat(refusal(KEY).status()).isEqualTo(409);
    answers.keep(second, REPLY, "request");
    assertThat(answers.claim(KEY, true)).isEqualTo(new Claim.Done(REPLY));
  }

  @Test
  void claim_whenTheFirstFailed_isTakenOverAtOnce() {
    Claim.Ours first = ours(answers.claim(KEY, true));
    answers.release(first, "request");
    Claim.Ours second = ours(answers.claim(KEY, true));
    assertThat(second.again()).isTrue();
    assertThat(second.kept().seed()).isEqualTo(first.kept().seed());
  }

  @Test
  void claim_whenSomebodyElseIsQuickerAtEveryStep_isTheirs() {
    answers.release(ours(answers.claim(KEY, true)), "request");
    memory.before =
        () -> {
          memory.before = () -> {};
          ours(answers.claim(KEY, true));
        };
    assertThat(refusal(KEY).status()).isEqualTo(409);
  }

  @Test
  void claim_whenTheStoreChoosesIds_hasNoSeed() {
    assertThat(ours(answers.claim(KEY, false)).kept().seed()).isEmpty();
  }

  @Test
  void keep_whenTheStoreFails_failsNothingElse() {
    Claim.Ours claim = ours(answers.claim(KEY, true));
    memory.before =
        () -> {
          throw new StoreException(StoreException.Reason.UNAVAILABLE, "gone");
        };
    answers.keep(claim, REPLY, "request");
    memory.before = () -> {};
    assertThat(refusal(KEY).status()).isEqualTo(409);
  }

  @Test
  void item_hasItsExpiry_asSecondsOfTheEpoch() {
    answers.keep(ours(answers.claim(KEY, true)), REPLY, "request");
    assertThat(memory.items.get("key").body().get("expires"))
        .contains(JsonNumber.of(Time.START.plus(Duration.ofHours(1)).getEpochSecond()));
    assertThat(memory.items.get("key").body().members().keySet()).isSubsetOf(KeptAnswer.FIELDS);
    assertThat(memory.items.get("key").body().get("body")).contains(new JsonString("{\"n\":1.10}"));
  }

  private static Claim.Ours ours(Claim claim) {
    assertThat(claim).isInstanceOf(Claim.Ours.class);
    return (Claim.Ours) claim;
  }

  private HttpProblem refusal(IdempotencyKey key) {
    return catchThrowableOfType(HttpProblem.class, () -> answers.claim(key, true));
  }

  private static final class Memory implements KeptAnswers.Keeper {
    private final Map<String, Item> items = new HashMap<>();
    private Runnable before = () -> {};
    private int versions;

    @Override
    public PutResult put(String id, JsonObject body, Precondition precondition) {
      if (!(precondition instanceof Precondition.Absent)) {
        before.run();
      }
      Optional<Item> current = Optional.ofNullable(items.get(id));
      boolean holds =
          precondition instanceof Precondition.Matches matches
              ? current.filter(item -> item.version().equals(matches.version())).isPresent()
              : current.isEmpty();
      if (!holds) {
        return new PutResult.PreconditionFailed(current);
      }
      Item item = new Item(id, "" + ++versions, body);
      items.put(id, item);
      return current.isPresent() ? new PutResult.Replaced(item) : new PutResult.Created(item);
    }
  }

  private static final class Time extends Clock {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private Instant now = START;

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
