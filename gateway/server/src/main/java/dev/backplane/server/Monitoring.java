package dev.backplane.server;

import dev.backplane.core.Gateway;
import dev.backplane.telemetry.Scrape;
import dev.backplane.telemetry.StoreState;
import dev.backplane.telemetry.Telemetry;
import dev.backplane.telemetry.TelemetryException;
import dev.backplane.telemetry.TelemetryOptions;
import java.net.BindException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What those who run the server see of it: metrics, traces, and what runs here. Of what nobody asks
 * for no class is loaded.
 */
final class Monitoring {
  private final Optional<ManagementAddress> address;
  private final Optional<BuildInfo> build;
  private final Optional<Telemetry> telemetry;
  private Optional<ManagementServer> server = Optional.empty();

  private Monitoring(
      Optional<ManagementAddress> address,
      Optional<BuildInfo> build,
      Optional<Telemetry> telemetry) {
    this.address = address;
    this.build = build;
    this.telemetry = telemetry;
  }

  /**
   * Begins to measure, before there is anything to measure.
   *
   * @param environment the variables of the process
   * @param address where to show it; empty for nowhere
   * @param mapping the file that is served
   * @param shutdown ends it last
   * @throws TelemetryException when the variables say something that cannot be done
   */
  static Monitoring start(
      Map<String, String> environment,
      Optional<ManagementAddress> address,
      Path mapping,
      Shutdown shutdown)
      throws TelemetryException {
    if (address.isEmpty() && !TelemetryOptions.isExported(environment)) {
      return new Monitoring(address, Optional.empty(), Optional.empty());
    }
    BuildInfo build = new BuildInfo(mapping);
    TelemetryOptions options =
        new TelemetryOptions(environment, address.isPresent(), build.version(), build.commit());
    Telemetry telemetry = shutdown.add(Telemetry.start(options));
    return new Monitoring(address, Optional.of(build), Optional.of(telemetry));
  }

  /** The options of a gateway whose stores are measured. */
  Gateway.Options measured(Gateway.Options options) {
    return telemetry.map(options::observed).orElse(options);
  }

  /**
   * Shows what there is from now on.
   *
   * @throws BindException when the address cannot be listened on; the message says why
   */
  void show(Gateway gateway, Shutdown shutdown) throws BindException {
    telemetry.ifPresent(metrics -> metrics.stores(() -> stores(gateway)));
    if (address.isEmpty()) {
      return;
    }
    ManagementServer management = shutdown.add(ManagementServer.start(address.get()));
    management.add("/health/stores", accept -> StoresPage.of(gateway));
    build.ifPresent(info ->
        management.add(
            "/info", accept -> new ManagementServer.Page(200, "application/json", info.json())));
    telemetry.ifPresent(
        metrics -> management.add("/metrics", accept -> page(metrics.scrape(accept.orElse("")))));
    server = Optional.of(management);
  }

  private static ManagementServer.Page page(Scrape scrape) {
    return new ManagementServer.Page(200, scrape.type(), scrape.text());
  }

  private static List<StoreState> stores(Gateway gateway) {
    try {
      return gateway.checkStores().stream()
          .map(store -> new StoreState(store.resource(), store.service(), store.isUp()))
          .toList();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return List.of(); // nobody reads metrics any more
    }
  }

  /** What measures the requests of a server. */
  Optional<RequestTelemetry> requests() {
    return telemetry.map(RequestTelemetry::new);
  }

  /** There was a change of the mapping or a plugin; whether all of it was taken in. */
  void reloaded(boolean complete) {
    build.ifPresent(info -> info.taken(complete));
    telemetry.ifPresent(metrics -> metrics.reloaded(complete));
  }

  /** Before the line about the server, which says that all is well. */
  void announce(Console console) {
    server.ifPresent(management -> console.say("Backplane is managed on " + management.url()));
  }
}
