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
import java.util.List;
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
    answers.release(first, false, "request");
    Claim.Ours second = ours(answers.claim(KEY, true));
    assertThat(second.again()).isTrue();
    assertThat(second.kept().seed()).isEqualTo(first.kept().seed());
  }

  @Test
  void claim_whenSomebodyElseIsQuickerAtEveryStep_isTheirs() {
    answers.release(ours(answers.claim(KEY, true)), false, "request");
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
    // other processes cannot know; this one does that nobody works on it
    KeptAnswers elsewhere = new KeptAnswers(memory, Duration.ofHours(1), time);
    assertThat(catchThrowableOfType(HttpProblem.class, () -> elsewhere.claim(KEY, true)).status())
        .isEqualTo(409);
    Claim.Ours second = ours(answers.claim(KEY, true));
    assertThat(second.again()).isTrue();
    assertThat(second.kept().seed()).isEqualTo(claim.kept().seed());
    assertThat(refusal(KEY).status()).isEqualTo(409);
  }

  @Test
  void claim_whenTheStoreDidNotSayWhetherItWasKept_isTakenAtOnce_andNothingWasDone() {
    memory.losesAnswers = true;
    assertThat(catchThrowableOfType(StoreException.class, () -> answers.claim(KEY, true)))
        .isNotNull();
    assertThat(catchThrowableOfType(StoreException.class, () -> answers.claim(KEY, true)))
        .isNotNull(); // nor whether it was taken
    memory.losesAnswers = false;
    Claim.Ours claim = ours(answers.claim(KEY, true));
    assertThat(claim.again()).isFalse();
    assertThat(refusal(KEY).status()).isEqualTo(409);
  }

  @Test
  void release_whenNothingWasWritten_leavesNothingToFindOut() {
    answers.release(ours(answers.claim(KEY, true)), true, "request");
    Claim.Ours second = ours(answers.claim(KEY, true));
    assertThat(second.again()).isFalse();
    // but what was not certain before is not certain now
    answers.release(second, false, "request");
    answers.release(ours(answers.claim(KEY, true)), true, "request");
    assertThat(ours(answers.claim(KEY, true)).again()).isTrue();
  }

  @Test
  void announce_tellsTheNextTry_whatWasAboutToBeDone() {
    Intent intent = new Intent("item", "v1", Optional.of(Map.of("n", "hash")), false);
    Claim.Ours claim = answers.announce(ours(answers.claim(KEY, true)), List.of(intent));
    answers.release(claim, false, "request");
    assertThat(ours(answers.claim(KEY, true)).kept().work().intents()).containsExactly(intent);
  }

  @Test
  void announce_whenAnotherTryHasTakenOver_is409() {
    Claim.Ours first = ours(answers.claim(KEY, true));
    time.pass(KeptAnswers.LEASE.plusSeconds(1));
    ours(answers.claim(KEY, true));
    assertThat(
            catchThrowableOfType(HttpProblem.class, () -> answers.announce(first, List.of()))
                .status())
        .isEqualTo(409);
  }

  @Test
  void claim_whenTheClockIsSetBackByADay_isNotRefusedForADay() {
    ours(answers.claim(KEY, true)); // by a process that dies
    time.pass(Duration.ofDays(-1));
    Claim.Ours second = ours(answers.claim(KEY, true));
    assertThat(second.again()).isTrue();
    answers.keep(second, REPLY, "request");
    assertThat(answers.claim(KEY, true)).isEqualTo(new Claim.Done(REPLY));
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
    private boolean losesAnswers;
    private int versions;

    @Override
    public PutResult put(String id, JsonObject body, Precondition precondition) {
      PutResult result = stored(id, body, precondition);
      if (losesAnswers && !(result instanceof PutResult.PreconditionFailed)) {
        throw new StoreException(StoreException.Reason.TIMEOUT, "no answer");
      }
      return result;
    }

    private PutResult stored(String id, JsonObject body, Precondition precondition) {
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
