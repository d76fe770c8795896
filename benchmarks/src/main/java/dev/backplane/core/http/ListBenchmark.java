package dev.backplane.core.http;

import dev.backplane.core.mapping.Count;
import dev.backplane.core.mapping.MappingReader;
import dev.backplane.core.mapping.ResourceMapping;
import dev.backplane.core.plugin.Plugins;
import dev.backplane.spi.Item;
import dev.backplane.spi.JsonArray;
import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.JsonValue;
import dev.backplane.spi.Settings;
import dev.backplane.spi.StoreContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the gateway itself does for a list: read the query, plan and read the page, write its JSON.
 * In the package of these classes, none of which is public.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ListBenchmark {
  private static final int ITEMS = 10_000;
  private static final String PAGE = "_limit=25";
  private static final String FILTERED =
      "age:gte=30&address.city=Oslo&address.city=Rome&name:contains=9&_sort=-age,name&_limit=25";

  private Plugins plugins = Plugins.discover(List.of());
  private ServedResource resource;
  private JsonArray bodies;

  /** Fills a memory store. */
  @Setup
  public void open() throws IOException {
    Path directory = Files.createTempDirectory("benchmark");
    Path mapping = directory.resolve("mapping.yaml");
    Files.writeString(
        mapping, "resources: {items: {service: memory, settings: {items: items.json}}}");
    Files.writeString(
        directory.resolve("items.json"),
        IntStream.range(0, ITEMS)
            .mapToObj(ListBenchmark::item)
            .collect(Collectors.joining(",", "[", "]")));
    ResourceMapping read = MappingReader.read(mapping, Map.of()).mapping().resources().get(0);
    Settings settings = Settings.of(read.settings(), directory);
    resource =
        new ServedResource(read, plugins.open("memory", new Context("items", "id", settings)));
    bodies = new JsonArray(page(PAGE).items().stream().<JsonValue>map(Item::body).toList());
  }

  /** Closes what was opened. */
  @TearDown
  public void close() {
    resource.store().close();
    plugins.close();
  }

  /** Reads a query of five words. */
  @Benchmark
  public Object parse() {
    return request(FILTERED);
  }

  /** Reads a page of 25 in the store's own order. */
  @Benchmark
  public Object plan() {
    return page(PAGE);
  }

  /** Reads a page of 25 of those that match, sorted, out of 10,000. */
  @Benchmark
  public Object planFiltered() {
    return page(FILTERED);
  }

  /** Writes the JSON of a page of 25. */
  @Benchmark
  public byte[] serialise() {
    return Json.CODEC.write(bodies);
  }

  private ListRequest request(String query) {
    return QueryReader.list(query, resource.mapping(), resource.queryFields(), false);
  }

  private Part page(String query) {
    return new ListPlanner(resource, request(query), Count.EXACT, Optional.empty()).read();
  }

  private static String item(int n) {
    return """
    {"id": "u%05d", "name": "User %d", "email": "user%d@example.com", "age": %d,
     "address": {"city": "%s", "zip": "%d"}, "tags": ["a", "t%d"]}\
    """
        .formatted(
            n,
            n,
            n,
            18 + n % 60,
            List.of("Oslo", "Rome", "Lima", "Kyiv").get(n % 4),
            10000 + n,
            n % 10);
  }

  private record Context(String resource, String idField, Settings settings)
      implements StoreContext {
    @Override
    public JsonCodec json() {
      return Json.CODEC;
    }
  }
}
