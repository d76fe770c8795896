package dev.backplane.server;

import dev.backplane.log.LogFormat;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the server tells what it does: in words on its standard streams, or, where the log is for
 * programs, in lines of the log, so that whoever collects both streams finds nothing but JSON.
 *
 * @param out where words go
 * @param err where words about mistakes go
 * @param format what the log is like
 */
record Console(PrintWriter out, PrintWriter err, LogFormat format) {
  /** Before the options are read; nobody tells anything then. */
  static final Console NONE =
      new Console(
          new PrintWriter(Writer.nullWriter()),
          new PrintWriter(Writer.nullWriter()),
          LogFormat.TEXT);

  private static final Logger LOG = LoggerFactory.getLogger("dev.backplane.Server");

  /** Tells what happens. */
  void say(String line) {
    switch (format) {
      case TEXT -> out.println(line);
      case JSON -> LOG.info(line.strip());
    }
  }

  /** Tells what is wrong, a line for each mistake. */
  void complain(List<String> mistakes) {
    switch (format) {
      case TEXT -> mistakes.forEach(err::println);
      case JSON -> mistakes.forEach(LOG::error);
    }
  }
}
