package dev.backplane.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExitCallsTest {
  @TempDir private Path directory;

  private static byte[] compile(String source) {
    Map<String, byte[]> classes = InMemoryCompiler.compile(List.of(source), List.of());
    return classes.values().iterator().next();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "System.exit(1);",
        "Runtime.getRuntime().exit(1);",
        "Runtime.getRuntime().halt(1);",
        "if (\"\".isEmpty()) { System.exit(2); Runtime.getRuntime().halt(3); }",
        "for (long i = 0; i < 3; i++) { try { System.exit((int) i); } finally { i = 9; } }",
        "Runnable exit = () -> System.exit(4); exit.run();",
        "java.util.function.IntConsumer exit = System::exit; exit.accept(5);",
        "java.util.function.IntConsumer exit = Runtime.getRuntime()::halt; exit.accept(6);"
      })
  void refuse_when_a_class_would_end_the_process_makes_it_throw(String statement) {
    byte[] before =
        compile("public class Exits { public static void run() { %s } }".formatted(statement));
    byte[] after = ExitCalls.refuse(before, "plugin bad").orElseThrow();
    assertThatThrownBy(() -> run(after))
        .hasRootCauseInstanceOf(SecurityException.class)
        .hasRootCauseMessage("the plugin bad tried to end the process, which is the gateway's");
  }

  @Test
  void refuse_when_an_interface_would_end_the_process_makes_it_throw() {
    byte[] before = compile("public interface Exits { static void run() { System.exit(1); } }");
    byte[] after = ExitCalls.refuse(before, "plugin bad").orElseThrow();
    assertThatThrownBy(() -> run(after)).hasRootCauseInstanceOf(SecurityException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "public class Exits { void exit(int code) { exit(code); halt(1); } static void halt(int x) { } }",
        "public class Exits { String exit = \"exit\" + System.lineSeparator(); }",
        "public class Exits { int run() { return 1; } }"
      })
  void refuse_when_nothing_ends_the_process_leaves_the_class(String source) {
    assertThat(ExitCalls.refuse(compile(source), "plugin good")).isEmpty();
  }

  @Test
  void refuse_when_it_is_no_class_file_leaves_it() {
    byte[] nonsense =
        "not a class at all \1\0\4exit and more".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(ExitCalls.refuse(nonsense, "plugin odd")).isEmpty();
  }

  @Test
  void refuse_when_the_class_file_is_of_a_future_java_leaves_it() {
    byte[] future = compile("public class Exits { static void run() { System.exit(1); } }");
    future[7] = (byte) 200;
    assertThat(ExitCalls.refuse(future, "plugin early")).isEmpty();
  }

  @Test
  void find_gives_classes_of_several_jars_and_nothing_once_closed() throws IOException {
    Path jar = PluginJar.named("one").source("package a; public class A {}").buildInto(directory);
    JarClasses files = new JarClasses(List.of(jar));
    assertThat(files.find("a.A")).isPresent();
    assertThat(files.find("a.B")).isEmpty();
    files.close();
    assertThat(files.find("a.A")).isEmpty();
  }

  private static void run(byte[] classFile) throws Throwable {
    Class<?> type =
        new ClassLoader(null) {
          @Override
          protected Class<?> findClass(String name) {
            return defineClass(name, classFile, 0, classFile.length);
          }
        }.loadClass("Exits");
    type.getMethod("run").invoke(null);
  }
}
