package dev.backplane.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The steps of the build of an image, each a command. They need nothing but Java. */
public final class Main {
  private static final List<String> USAGE =
      List.of(
          "assemble FUNCTION.ZIP RUNTIME-DIRECTORY NEW-DIRECTORY [LAYER-DIRECTORY]...",
          "train DIRECTORY");

  private Main() {}

  /**
   * Runs one step; ends with code 2 when it cannot be done, with the reasons on standard error.
   *
   * @param args the command and what it works on
   * @throws InterruptedException when the process is told to stop
   */
  public static void main(String[] args) throws InterruptedException {
    try {
      System.out.println(
          run(
              args.length == 0 ? "" : args[0],
              List.of(args).stream().skip(1).map(Path::of).toList()));
    } catch (ImageException mistakes) {
      mistakes.problems().forEach(problem -> System.err.println("image: " + problem));
      System.exit(2);
    } catch (IOException failure) {
      System.err.println("image: " + failure);
      System.exit(2);
    }
  }

  private static String run(String command, List<Path> paths)
      throws IOException, InterruptedException {
    if (command.equals("assemble") && paths.size() >= 3) {
      Path jars =
          new Assembly(paths.get(2))
              .write(paths.get(0), paths.get(1), paths.subList(3, paths.size()));
      return "image: the class path is " + jars;
    }
    if (command.equals("train") && paths.size() == 1) {
      return "image: the cache is " + new Training(paths.getFirst().toRealPath()).run();
    }
    throw new ImageException(USAGE);
  }
}
