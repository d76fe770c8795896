package dev.backplane.core.http;

import dev.backplane.spi.Item;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What a write has to know of an earlier try at the same request.
 *
 * @param seed where the ids of new items come from, so that each try gives them the same ones;
 *     empty: the store chooses
 * @param again whether an earlier try may have written already
 * @param intents what earlier tries were about to change, and where this one says so
 */
record Attempt(Optional<String> seed, boolean again, Intents intents) {
  /** The only try at a request. */
  static final Attempt ONLY = new Attempt(Optional.empty(), false, Intents.NONE);

  /** What tries at a request say before they change items. For one request on one thread. */
  interface Intents {
    /** Of a request that nobody tries again. */
    Intents NONE =
        new Intents() {
          @Override
          public List<Intent> earlier() {
            return List.of();
          }

          @Override
          public void announce(Supplier<List<Intent>> intents) {
            // nobody would read it
          }
        };

    /** What the try before this one was about to do, if it got so far. */
    List<Intent> earlier();

    /**
     * Keeps what this one is about to do, in place of what was said before.
     *
     * @param intents makes it, where somebody will read it
     * @throws HttpProblem when another try has taken over
     */
    void announce(Supplier<List<Intent>> intents);
  }

  /** The same of one operation out of many. */
  Attempt at(int index) {
    return new Attempt(seed.map(text -> derived(text, index)), again, intents);
  }

  /** What became of the change of an item by the try before this one. */
  Intent.Fate fate(String id, Optional<Item> current) {
    return intents.earlier().stream()
        .filter(intent -> intent.id().equals(id))
        .map(intent -> intent.fate(current))
        .findFirst()
        .orElse(Intent.Fate.NOT_DONE);
  }

  /** What to tell where the try before this one may have got through, and nothing shows whether. */
  static HttpProblem unknown(String hint) {
    return new HttpProblem(
        409,
        "The first request with this Idempotency-Key failed, and whether it wrote cannot be found"
            + " out any more, so it is not done again. "
            + hint);
  }

  private static String derived(String seed, int index) {
    byte[] name = (seed + '/' + index).getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(name).toString();
  }
}
