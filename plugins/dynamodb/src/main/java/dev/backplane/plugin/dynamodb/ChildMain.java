package dev.backplane.plugin.dynamodb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/**
 * The first class of a child process: runs the main class that it is told to, and ends the process
 * as soon as its standard input ends. The parent holds the other end, so that the child never
 * outlives it, not even when the parent is killed. Nothing gentler ends it: an interrupt from the
 * keyboard reaches both, and the parent may still need the child for the requests that it finishes.
 *
 * <p>Arguments: a file to lock, the main class, and what that one gets.
 */
final class ChildMain {
  private ChildMain() {}

  public static void main(String[] args) throws Exception {
    for (String signal : List.of("INT", "TERM", "HUP")) {
      ignore(signal);
    }
    Thread watch = new Thread(ChildMain::endWithParent, "end-with-parent");
    watch.setDaemon(true);
    watch.start();
    // waits for a predecessor whose parent was killed a moment ago; held until the process ends
    FileLock lock =
        FileChannel.open(Path.of(args[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
            .lock();
    try {
      Class.forName(args[1])
          .getMethod("main", String[].class)
          .invoke(null, (Object) Arrays.copyOfRange(args, 2, args.length));
      Thread.currentThread().join(); // which it never does: the program ends the process
    } finally {
      lock.close();
    }
  }

  /** By reflection, as the compiler warns of these classes, for which there is no substitute. */
  private static void ignore(String name) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      signal
          .getMethod("handle", signal, handler)
          .invoke(
              null,
              signal.getConstructor(String.class).newInstance(name),
              handler.getField("SIG_IGN").get(null));
    } catch (ReflectiveOperationException notHere) {
      // the database then ends early, with the terminal: no harm to its data
      System.err.println("The signal " + name + " cannot be ignored on this system");
    }
  }

  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {
        // nothing is ever sent
      }
    } catch (IOException broken) {
      // no pipe, no parent
    }
    Runtime.getRuntime().halt(0);
  }
}
