package dev.backplane.core.plugin;

import dev.backplane.core.mapping.Names;
import dev.backplane.spi.Service;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What plugins do wrong, in words that say what to change. */
final class Mistakes {
  static final String SERVICE_NAME_RULE =
      "1 to 40 lower-case letters, digits and dashes, starting with a letter";

  /** What the JVM's errors say; apart, so that plugins without mistakes do not wait for it. */
  private static final class JvmMessage {
    // HotSpot: "com/example/A has been compiled by … (class file version 71.0), this version …"
    static final Pattern CLASS_VERSION =
        Pattern.compile("(\\S+) .*\\(class file version (\\d+)\\.0\\), this .*");
    static final Pattern CLASS_NAME = Pattern.compile("[\\p{javaJavaIdentifierPart}/.]+");
  }

  static final String WAS_COMPILED_FOR = " was compiled for Java ";

  private static final int CLASS_VERSION_OF_JAVA_0 = 44;
  private static final String PACK_IT =
      "pack it into the jar, or make the plugin a directory of jars (of the gateway, a plugin sees"
          + " only dev.backplane.spi and org.slf4j)";

  private Mistakes() {}

  static String noService(String origin) {
    return origin
        + " brings no service: it has no "
        + ServiceFile.PATH
        + " that names one; add it, or if this is a library, put it into a directory together with"
        + " the plugin that needs it";
  }

  static String noJar(String origin) {
    return origin + " is a directory without a jar; put the plugin's jars right into it";
  }

  static String badLine(int number) {
    return "line "
        + number
        + " of "
        + ServiceFile.PATH
        + " is not the name of a class; write one full class name on each line";
  }

  static String unreadable(String what, Throwable failure) {
    return what + " cannot be read (" + quoted(failure) + "); copy it there again";
  }

  static String missing(String className) {
    return "the class "
        + className
        + ", which "
        + ServiceFile.PATH
        + " names, is missing; correct the name or add the class";
  }

  static String twice(LoadedService first, LoadedService second) {
    return "the service \""
        + first.name()
        + "\" is there twice, as "
        + first.describe()
        + " and as "
        + second.describe()
        + "; remove one of them";
  }

  static String tooNew(String className, int java) {
    return className
        + WAS_COMPILED_FOR
        + java
        + " and this gateway runs on Java "
        + Runtime.version().feature()
        + "; compile it with --release 21, or run the gateway on Java "
        + java;
  }

  /** Classes that no loading has missed yet, but a request will. */
  static String missingLater(List<String> uses) {
    int shown = Math.min(3, uses.size());
    return (uses.size() == 1 ? "a class is missing: " : uses.size() + " classes are missing: ")
        + String.join(", ", uses.subList(0, shown))
        + (shown < uses.size() ? " and " + (uses.size() - shown) + " more" : "")
        + "; "
        + PACK_IT;
  }

  static String bundlesTheSpi(int classes) {
    return " holds "
        + (classes == 1 ? "a class" : classes + " classes")
        + " of dev.backplane.spi, which the gateway brings and which may be of another version;"
        + " leave it out: its scope in Maven is provided, in Gradle compileOnly";
  }

  static String bundlesLogging(int classes) {
    return " holds "
        + (classes == 1 ? "a class" : classes + " classes")
        + " of org.slf4j, never to be used, as the gateway brings its own; slf4j-api may be left"
        + " out";
  }

  static String notNamed(String className, Optional<String> name) {
    return className
        + ".name() returned "
        + name.map(Names::quoted).orElse("null")
        + "; the name of a service is "
        + SERVICE_NAME_RULE;
  }

  /** Why ServiceLoader would not make an instance of a class; empty when it would try. */
  static Optional<String> ofShape(Class<?> type) {
    String name = type.getName();
    if (!Service.class.isAssignableFrom(type)) {
      return Optional.of(
          name + " does not implement " + Service.class.getName() + "; name the class that does");
    }
    if (Modifier.isAbstract(type.getModifiers())) {
      return Optional.of(name + " is abstract; name the class that extends it");
    }
    if (!Modifier.isPublic(type.getModifiers())) {
      return Optional.of(name + " is not public; make it public");
    }
    try {
      for (Constructor<?> constructor : type.getConstructors()) {
        if (constructor.getParameterCount() == 0) {
          return Optional.empty();
        }
      }
    } catch (LinkageError defect) { // a parameter of some constructor
      return Optional.of(failed(name, "could not be loaded", defect));
    }
    return Optional.of(name + " has no public constructor without parameters; add one");
  }

  /** For what knows no settings: with the message of the exception. */
  static String failed(String className, String what, Throwable failure) {
    String reason = linkage(failure, Mistakes::quoted).orElseGet(() -> quoted(failure));
    return reason.startsWith(className + " ") ? reason : className + " " + what + ": " + reason;
  }

  /** For what knows settings, which a message may repeat: where it was thrown instead. */
  static String unquoted(Throwable failure) {
    return linkage(failure, Mistakes::place).orElseGet(() -> place(failure));
  }

  private static Optional<String> linkage(Throwable failure, Function<Throwable, String> render) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 20; depth++) {
      if (cause instanceof ExceptionInInitializerError error && error.getCause() != null) {
        return Optional.of("a static initializer failed: " + render.apply(error.getCause()));
      }
      if (cause instanceof LinkageError error) {
        return Optional.of(ofLinkage(error));
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  private static String ofLinkage(LinkageError error) {
    String message = String.valueOf(error.getMessage());
    Matcher version = JvmMessage.CLASS_VERSION.matcher(message);
    if (error instanceof UnsupportedClassVersionError && version.matches()) {
      int java = Integer.parseInt(version.group(2)) - CLASS_VERSION_OF_JAVA_0;
      return tooNew(version.group(1).replace('/', '.'), java);
    }
    if (error instanceof NoClassDefFoundError && JvmMessage.CLASS_NAME.matcher(message).matches()) {
      return "the class " + message.replace('/', '.') + " is missing; " + PACK_IT;
    }
    return quoted(error)
        + "; compile it against the versions of the libraries and of dev.backplane.spi that it runs"
        + " with";
  }

  private static String quoted(Throwable failure) {
    return printable(failure.toString());
  }

  private static String place(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return failure.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
  }

  /** On one line, and not longer than a line should be. */
  private static String printable(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= 200 ? line : line.substring(0, 200) + "…";
  }
}
