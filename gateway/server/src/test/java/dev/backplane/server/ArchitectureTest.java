package dev.backplane.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.backplane.log.LogProvider;
import dev.backplane.spi.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may use whom, on the compiled classes of every module of the project. */
class ArchitectureTest {
  private static final Path ROOT = Path.of("..", "..");

  private static JavaClasses project;

  @BeforeAll
  static void read() throws IOException {
    project = new ClassFileImporter().importPaths(modules());
  }

  /** Also what this module does not depend on, where it has been built. */
  private static List<Path> modules() throws IOException {
    try (Stream<Path> gateway = Files.list(ROOT.resolve("gateway"));
        Stream<Path> plugins = Files.list(ROOT.resolve("plugins"))) {
      return Stream.concat(gateway, plugins)
          .map(module -> module.resolve("target").resolve("classes"))
          .filter(Files::isDirectory)
          .toList();
    }
  }

  /** Without it, a rule about classes that were not found would hold. */
  @ParameterizedTest
  @CsvSource({
    "dev.backplane.spi, 25",
    "dev.backplane.core, 1",
    "dev.backplane.core.http, 15",
    "dev.backplane.core.mapping, 5",
    "dev.backplane.core.plugin, 5",
    "dev.backplane.core.schema, 10",
    "dev.backplane.log, 5",
    "dev.backplane.server, 8",
    "dev.backplane.telemetry, 8",
    "dev.backplane.plugin.memory, 3",
    "dev.backplane.plugin.dynamodb, 5",
    "dev.backplane.plugin.http, 15"
  })
  void classes_are_found(String packageName, int atLeast) {
    assertThat(project.that(resideInAPackage(packageName)).size()).isGreaterThanOrEqualTo(atLeast);
  }

  @Test
  void spi_needs_nothing_but_java_base() {
    check(
        classes()
            .that()
            .resideInAPackage("dev.backplane.spi..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "dev.backplane.spi",
                "java.lang..",
                "java.util..",
                "java.io..",
                "java.math..",
                "java.nio..",
                "java.time..",
                "java.text.."));
  }

  @Test
  void plugins_see_the_spi_slf4j_and_what_they_bring() {
    check(
        classes()
            .that()
            .resideInAPackage("dev.backplane.plugin..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "dev.backplane.plugin..",
                "dev.backplane.spi",
                "java..",
                "javax..",
                "org.slf4j..",
                "org.jspecify.annotations",
                "software.amazon.awssdk..",
                "org.apache.hc..",
                "io.github.resilience4j..",
                "com.zaxxer.hikari.."));
  }

  @Test
  void plugins_do_not_see_each_other() {
    check(slices().matching("dev.backplane.plugin.(*)..").should().notDependOnEachOther());
  }

  @Test
  void plugins_show_their_service_alone() {
    check(
        classes()
            .that()
            .resideInAPackage("dev.backplane.plugin..")
            .and()
            .arePublic()
            .and()
            .areTopLevelClasses()
            .should()
            .beAssignableTo(Service.class));
  }

  @Test
  void core_knows_no_server_no_cloud_and_no_plugin() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.backplane.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "dev.backplane.plugin..",
                "dev.backplane.server..",
                "dev.backplane.lambda..",
                "org.eclipse.jetty..",
                "software.amazon..",
                "com.amazonaws.."));
  }

  @Test
  void packages_of_the_core_have_no_cycles() {
    check(slices().matching("dev.backplane.core.(*)..").should().beFreeOfCycles());
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.backplane.core.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.backplane.core"));
  }

  @Test
  void http_knows_what_a_mapping_says_but_not_how_it_is_read() {
    check(
        classes()
            .that()
            .resideInAPackage("dev.backplane.core.mapping")
            .and()
            .areNotRecords()
            .and()
            .areNotEnums()
            .and()
            .areNotInterfaces() // such as Relation, which is one of its records
            .should()
            .onlyHaveDependentClassesThat()
            .resideOutsideOfPackage("dev.backplane.core.http"));
  }

  @Test
  void server_uses_the_core_through_its_front_door() {
    check(usesTheFrontDoor("dev.backplane.server"));
  }

  @Test
  void telemetry_uses_the_core_through_its_front_door_and_is_the_only_one_to_measure() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.backplane.telemetry")
            .should()
            .dependOnClassesThat(
                resideInAPackage("dev.backplane..")
                    .and(
                        resideOutsideOfPackages("dev.backplane.telemetry", "dev.backplane.core"))));
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.backplane.telemetry")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.opentelemetry..", "io.prometheus.."));
  }

  @Test
  void function_uses_the_core_through_its_front_door() {
    assumeTrue(
        Files.isDirectory(ROOT.resolve("gateway/lambda/target/classes/dev")),
        "the function is built with the whole project only");
    check(usesTheFrontDoor("dev.backplane.lambda"));
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.backplane.lambda..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.eclipse.jetty..", "dev.backplane.server.."));
  }

  private static ArchRule usesTheFrontDoor(String own) {
    return noClasses()
        .that()
        .resideInAPackage(own + "..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.backplane..")
                .and(
                    resideOutsideOfPackages(
                        own + "..",
                        "dev.backplane.core",
                        "dev.backplane.log",
                        "dev.backplane.telemetry")));
  }

  @Test
  void one_way_to_log() {
    check(NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING);
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("dev.backplane.server")
            .and()
            .areNotAssignableTo(LogProvider.class) // which says where the log goes
            .and()
            .haveSimpleNameNotEndingWith("Main") // of a process of its own
            .should(ACCESS_STANDARD_STREAMS));
  }

  @Test
  void nobody_asks_the_driver_manager() {
    check(noClasses().should().dependOnClassesThat().areAssignableTo(DriverManager.class));
  }

  @Test
  void core_sets_the_context_class_loader_in_one_place() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "dev.backplane.core", "dev.backplane.core.http..", "dev.backplane.core.mapping..")
            .should()
            .callMethod(Thread.class, "setContextClassLoader", ClassLoader.class));
  }

  private static void check(ArchRule rule) {
    rule.check(project);
  }
}
