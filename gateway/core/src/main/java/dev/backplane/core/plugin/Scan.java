package dev.backplane.core.plugin;

import dev.backplane.spi.Service;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Spliterator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The services that one class loader finds. {@link ServiceLoader} loads them; what it fails to load
 * is looked at once more to say why.
 */
final class Scan {
  /**
   * What became of one class that a {@link ServiceFile} names, or of the file.
   *
   * @param origin the jar, directory or plugin that it is in
   * @param service the service, when it can be used
   * @param problem why not, without the origin; empty when it can be
   */
  record Result(String origin, Optional<LoadedService> service, Optional<String> problem) {
    static Result broken(String origin, String problem) {
      return new Result(origin, Optional.empty(), Optional.of(problem));
    }
  }

  private static final Pattern SERVICE_NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

  private final ClassLoader loader;
  private final ContextLoader context;
  private final List<Result> results = new ArrayList<>();

  private Scan(ClassLoader loader) {
    this.loader = loader;
    this.context = new ContextLoader(loader);
  }

  /**
   * Loads every service and makes its instance.
   *
   * @param loader where to look
   * @param origin what all of them are from; empty: the jar or directory of the file that names it
   * @return the services and the mistakes, in the order of the files
   */
  static List<Result> of(ClassLoader loader, Optional<String> origin) throws IOException {
    Scan scan = new Scan(loader);
    scan.run(ServiceFile.in(loader), origin);
    return List.copyOf(scan.results);
  }

  private void run(List<ServiceFile> files, Optional<String> plugin) {
    Map<String, String> origins = new LinkedHashMap<>(); // by class name
    for (ServiceFile file : files) {
      String origin = plugin.orElse(file.origin());
      if (file.problem().isPresent()) {
        results.add(Result.broken(origin, file.problem().get()));
      }
      for (String name : file.classNames()) {
        origins.putIfAbsent(name, origin);
      }
    }
    Map<String, ServiceLoader.Provider<Service>> providers =
        providers(origins.size(), files.size());
    for (String name : providers.keySet()) {
      origins.putIfAbsent(name, "class path"); // of a named module, which no file names
    }
    for (Map.Entry<String, String> declared : origins.entrySet()) {
      ServiceLoader.Provider<Service> provider = providers.get(declared.getKey());
      results.add(
          provider == null
              ? Result.broken(declared.getValue(), whyNotLoaded(declared.getKey()))
              : load(declared.getValue(), provider));
    }
  }

  private Map<String, ServiceLoader.Provider<Service>> providers(int classes, int files) {
    Map<String, ServiceLoader.Provider<Service>> providers = new LinkedHashMap<>();
    Spliterator<ServiceLoader.Provider<Service>> all =
        ServiceLoader.load(Service.class, loader).stream().spliterator();
    // Each error is about one class or one file, and the next attempt goes on behind it.
    int attempts = classes + files + 1;
    boolean more = true;
    while (more && attempts > 0) {
      try {
        more = all.tryAdvance(provider -> providers.put(provider.type().getName(), provider));
      } catch (ServiceConfigurationError | LinkageError error) {
        attempts--; // its class is not among the providers: whyNotLoaded finds the reason again
      }
    }
    return providers;
  }

  private String whyNotLoaded(String className) {
    try {
      return Mistakes.ofShape(Class.forName(className, false, loader))
          .orElse(className + " was not accepted by java.util.ServiceLoader");
    } catch (ClassNotFoundException missing) {
      return missing.getCause() == null
          ? Mistakes.missing(className)
          : Mistakes.failed(className, "could not be loaded", missing.getCause());
    } catch (LinkageError defect) {
      return Mistakes.failed(className, "could not be loaded", defect);
    }
  }

  private Result load(String origin, ServiceLoader.Provider<Service> provider) {
    Optional<String> mistake = Mistakes.ofShape(provider.type());
    if (mistake.isPresent()) {
      return Result.broken(origin, mistake.get());
    }
    String className = provider.type().getName();
    Service service;
    try {
      service = context.call(provider);
    } catch (ServiceConfigurationError wrapper) {
      return Result.broken(origin, whyNotCreated(className, wrapper));
    }
    @Nullable String name;
    try {
      name = context.call(service::name);
    } catch (StackOverflowError defect) {
      return Result.broken(origin, Mistakes.failed(className, "could not tell its name", defect));
    } catch (VirtualMachineError fatal) {
      throw fatal; // of the process, not of the plugin
    } catch (Throwable defect) { // a plugin in another language also throws checked ones
      return Result.broken(origin, Mistakes.failed(className, "could not tell its name", defect));
    }
    if (name == null || !SERVICE_NAME.matcher(name).matches()) {
      return Result.broken(origin, Mistakes.notNamed(className, Optional.ofNullable(name)));
    }
    return new Result(
        origin, Optional.of(new LoadedService(name, origin, service, context)), Optional.empty());
  }

  private static String whyNotCreated(String className, ServiceConfigurationError wrapper) {
    Throwable cause = wrapper.getCause() == null ? wrapper : wrapper.getCause();
    if (cause instanceof VirtualMachineError fatal && !(cause instanceof StackOverflowError)) {
      throw fatal; // of the process, not of the plugin
    }
    return Mistakes.failed(className, "could not be created", cause);
  }
}
