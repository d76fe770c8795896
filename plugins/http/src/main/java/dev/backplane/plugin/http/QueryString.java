package dev.backplane.plugin.http;

/** A path to which parameters are added, each encoded so that it stays one. For one thread. */
final class QueryString {
  private final StringBuilder target;
  private boolean first;

  /**
   * Starts with what the mapping says.
   *
   * @param path a path, perhaps with a query
   */
  QueryString(String path) {
    this.target = new StringBuilder(path);
    this.first = path.indexOf('?') < 0;
  }

  QueryString add(String name, String value) {
    target
        .append(first ? '?' : '&')
        .append(PercentCode.encode(name))
        .append('=')
        .append(PercentCode.encode(value));
    first = false;
    return this;
  }

  @Override
  public String toString() {
    return target.toString();
  }
}
