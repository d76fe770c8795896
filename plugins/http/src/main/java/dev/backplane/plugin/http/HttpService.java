package dev.backplane.plugin.http;

import dev.backplane.plugin.http.WriteSettings.Ids;
import dev.backplane.plugin.http.WriteSettings.Writes;
import dev.backplane.spi.Service;
import dev.backplane.spi.Settings;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreContext;
import java.util.List;
import java.util.Optional;

/**
 * Serves resources from existing REST services. README.md lists the settings.
 *
 * <p>Resources with the same connection settings share connections and a circuit breaker. Nothing
 * of a client's request but the item, its id, the query, the request's id and its trace reaches the
 * backend: other headers and credentials are the mapping's.
 */
public final class HttpService implements Service {
  private final Shared<ConnectionSettings, Connection> connections =
      new Shared<>(Connection::new, Connection::close);

  /** For {@link java.util.ServiceLoader}. */
  public HttpService() {}

  @Override
  public String name() {
    return "http";
  }

  @Override
  public Store open(StoreContext context) {
    Settings settings = context.settings();
    ConnectionSettings connection = ConnectionSettings.read(settings);
    Paths paths = Paths.read(connection.base(), settings);
    Shape shape = Shape.read(context);
    PagingSettings paging = PagingSettings.read(settings, connection.base(), paths);
    ListWords words = ListWords.read(settings);
    Totals totals = Totals.read(settings);
    WriteSettings writes = WriteSettings.read(settings);
    Optional<ManyReader.Ids> ids = ManyReader.Ids.read(settings);
    List<Connection.Field> fields = Headers.read(settings);
    Failures failures = new Failures(context.resource());
    // last, as what is leased has to be given back
    var lease = connections.lease(connection);
    ItemReader reader =
        new ItemReader(
            new Backend(lease.value(), fields, failures, context::propagated),
            paths,
            new ItemCodec(shape, context.json(), failures));
    Lister lister = new Lister(reader, paging, words, totals);
    Resource resource = new Resource(lease, reader, lister, new ManyReader(reader, lister, ids));
    return store(resource, writes, totals.areKnown());
  }

  private static Store store(Resource resource, WriteSettings settings, boolean counts) {
    if (settings.writes() == Writes.NONE) {
      return counts ? new ReadingStore.Counting(resource) : new ReadingStore(resource);
    }
    Writing writing = new Writing(resource.reader(), settings);
    Writer writer =
        settings.writes() == Writes.CONDITIONAL
            ? new ConditionalWriter(writing)
            : new UnconditionalWriter(writing);
    boolean randomIds = settings.ids() == Ids.UUID;
    return counts
        ? new WritingStore.Counting(resource, writer, randomIds)
        : new WritingStore(resource, writer, randomIds);
  }
}
