package dev.backplane.spi;

/**
 * A store that has something to do before its first call, and only where the gateway is going to
 * serve: a process to launch, a connection to warm. Opening must stay free of it, because a mapping
 * is also opened to be checked.
 */
public interface StartableStore extends Store {
  /**
   * Called once, after every store was opened and before any other call. Returns soon: what takes
   * long goes on in the background, and calls that need it wait.
   *
   * @throws SettingException when a setting turns out to be wrong only now; it stops the start
   */
  void start();
}
