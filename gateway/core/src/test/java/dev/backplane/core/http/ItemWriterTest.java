package dev.backplane.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.backplane.core.http.ItemWriter.Written;
import dev.backplane.core.mapping.MappingReader;
import dev.backplane.core.plugin.OpenStores;
import dev.backplane.spi.DeleteResult;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonNumber;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Page;
import dev.backplane.spi.Precondition;
import dev.backplane.spi.PutResult;
import dev.backplane.spi.Query;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.WritableStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a create does that is made again because its first answer got lost. */
class ItemWriterTest {
  private static final JsonObject BODY = JsonObject.of("n", JsonNumber.of(1));
  private static final Attempt FIRST =
      new Attempt(Optional.of("seed"), false, Attempt.Intents.NONE);
  private static final Attempt AGAIN = new Attempt(Optional.of("seed"), true, Attempt.Intents.NONE);

  @TempDir Path directory;
  private final Forgetful store = new Forgetful();
  private ServedResource resource;

  @BeforeEach
  void serve() throws IOException {
    Path file = directory.resolve("mapping.yaml");
    Files.writeString(file, "resources:\n  things: memory\n");
    resource =
        new ServedResource(
            MappingReader.read(file, Map.of()).mapping().resources().get(0), OpenStores.of(store));
  }

  @Test
  void createAgain_whenTheGatewayChoseTheId_findsItsOwnItem() {
    store.losesAnswers = true;
    assertThat(
            catchThrowableOfType(
                StoreException.class, () -> ItemWriter.create(resource, BODY, FIRST)))
        .isNotNull();
    store.losesAnswers = false;
    store.put("seed", BODY.with("changed", JsonNumber.of(1)), new Precondition.Exists());
    Written written = ItemWriter.create(resource, BODY, AGAIN);
    assertThat(written.created()).isTrue();
    assertThat(written.item().id()).isEqualTo("seed");
    assertThat(store.items).hasSize(1);
  }

  @Test
  void createAgain_whenTheClientChoseTheId_isDone_onlyWhereTheItemIsTheSame() {
    JsonObject named = BODY.with("id", new JsonString("a"));
    ItemWriter.create(resource, named, FIRST);
    assertThat(ItemWriter.create(resource, named, AGAIN).item().id()).isEqualTo("a");
    assertThat(refusal(named, FIRST).status()).isEqualTo(409);
    assertThat(refusal(named.with("n", JsonNumber.of(2)), AGAIN).status()).isEqualTo(409);
  }

  @Test
  void operationsOfOneRequest_haveIdsOfTheirOwn_theSameEachTime() {
    String first = ItemWriter.create(resource, BODY, FIRST.at(0)).item().id();
    String second = ItemWriter.create(resource, BODY, FIRST.at(1)).item().id();
    assertThat(first).isNotEqualTo(second);
    assertThat(ItemWriter.create(resource, BODY, AGAIN.at(1)).item().id()).isEqualTo(second);
    assertThat(store.items).hasSize(2);
  }

  private HttpProblem refusal(JsonObject body, Attempt attempt) {
    return catchThrowableOfType(
        HttpProblem.class, () -> ItemWriter.create(resource, body, attempt));
  }

  private static final class Forgetful implements WritableStore {
    private final Map<String, Item> items = new HashMap<>();
    private boolean losesAnswers;
    private int versions;

    @Override
    public Optional<Item> get(String id) {
      return Optional.ofNullable(items.get(id));
    }

    @Override
    public Page list(Query query) {
      return Page.last(List.copyOf(items.values()));
    }

    @Override
    public PutResult put(String id, JsonObject body, Precondition precondition) {
      Optional<Item> before = get(id);
      if (precondition instanceof Precondition.Absent && before.isPresent()) {
        return new PutResult.PreconditionFailed(before);
      }
      Item item = new Item(id, "" + ++versions, body);
      items.put(id, item);
      if (losesAnswers) {
        throw new StoreException(StoreException.Reason.TIMEOUT, "no answer");
      }
      return before.isPresent() ? new PutResult.Replaced(item) : new PutResult.Created(item);
    }

    @Override
    public DeleteResult delete(String id, Precondition precondition) {
      return new DeleteResult.Missing();
    }
  }
}
