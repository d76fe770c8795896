package dev.backplane.image;

import java.util.List;

/** The image cannot be made; every reason is there. */
final class ImageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  ImageException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** One plain line each. */
  List<String> problems() {
    return problems;
  }
}
