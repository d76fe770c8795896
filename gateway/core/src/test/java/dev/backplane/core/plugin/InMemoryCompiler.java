package dev.backplane.core.plugin;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles sources that a test holds as text, with the compiler of the JDK that it runs on. */
final class InMemoryCompiler {
  private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);
  private static final Pattern TYPE = Pattern.compile("\\b(?:class|interface|record|enum) (\\w+)");

  private InMemoryCompiler() {}

  /** The class files by their path in a jar. */
  static Map<String, byte[]> compile(List<String> sources, List<Path> classPath) {
    String path =
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    List<String> options = List.of("--release", "21", "-proc:none", "-classpath", path);
    List<Source> units = sources.stream().map(Source::new).toList();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringBuilder mistakes = new StringBuilder();
    try (Output output = new Output(compiler.getStandardFileManager(null, null, null))) {
      boolean compiled =
          compiler
              .getTask(
                  null,
                  output,
                  mistake -> mistakes.append(mistake).append('\n'),
                  options,
                  null,
                  units)
              .call();
      if (!compiled) {
        throw new IllegalArgumentException("a source does not compile: " + mistakes);
      }
      Map<String, byte[]> classes = new LinkedHashMap<>();
      output.files.forEach((file, bytes) -> classes.put(file, bytes.toByteArray()));
      return classes;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(URI.create("source:///" + path(text) + ".java"), Kind.SOURCE);
      this.text = text;
    }

    private static String path(String text) {
      Matcher type = TYPE.matcher(text);
      if (!type.find()) {
        throw new IllegalArgumentException("a source without a type: " + text);
      }
      Matcher name = PACKAGE.matcher(text);
      return (name.find() ? name.group(1).replace('.', '/') + "/" : "") + type.group(1);
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Output extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final Map<String, ByteArrayOutputStream> files = new LinkedHashMap<>();

    Output(StandardJavaFileManager manager) {
      super(manager);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        JavaFileManager.Location location,
        String className,
        JavaFileObject.Kind kind,
        FileObject sibling) {
      String file = className.replace('.', '/') + kind.extension;
      return new SimpleJavaFileObject(URI.create("class:///" + file), kind) {
        @Override
        public OutputStream openOutputStream() {
          return files.computeIfAbsent(file, name -> new ByteArrayOutputStream());
        }
      };
    }
  }
}
