package dev.backplane.spi;

/**
 * A kind of backend: what a plugin brings. The gateway finds it with {@link
 * java.util.ServiceLoader}, so the class is public, has a public constructor without parameters,
 * and is named in {@code META-INF/services/dev.backplane.spi.Service}. One instance serves all
 * resources that the mapping gives to it.
 */
public interface Service {
  /**
   * The name by which a mapping asks for this service. Called at start; returns a constant.
   *
   * @return lower-case letters, digits and dashes, starting with a letter, at most 40
   */
  String name();

  /**
   * Opens the store of one resource. Called once per resource at start, on one thread at a time, in
   * the order of the mapping. Reads every setting it knows, so that a mistake shows at once, and
   * does no network I/O, so that the start is quick and does not depend on a backend; a local file
   * that a setting names may be read. What must happen before the first call is for {@link
   * StartableStore}.
   *
   * @param context the resource and its settings
   * @return the store; the gateway closes it
   * @throws SettingException when a setting is missing or wrong
   */
  Store open(StoreContext context);
}
