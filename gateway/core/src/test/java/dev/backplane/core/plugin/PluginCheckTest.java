package dev.backplane.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a look at one plugin gives; the mistakes that authors make are in the server's tests. */
final class PluginCheckTest {
  private static final String SERVICE = "com.example.DiceService";

  @TempDir private Path place;
  @TempDir private Path installed;

  private static PluginJar dice() {
    return PluginJar.named("dice")
        .source(Sources.emptyService("DiceService", "dice"))
        .service(SERVICE);
  }

  @Test
  void of_aSoundPlugin_saysWhatItBrings() {
    Path jar = dice().buildInto(place);

    PluginCheck.Result result = PluginCheck.of(jar, List.of());

    assertThat(result.problems()).isEmpty();
    assertThat(result.remarks()).isEmpty();
    assertThat(result.services()).isEqualTo(Map.of("dice", SERVICE));
    assertThat(result.abilities()).containsExactly("Service", "Store");
    assertThat(result.java()).isEqualTo(21);
    assertThat(result.jars()).isEqualTo(1);
  }

  @Test
  void of_anAbility_saysWhatItExtends_andOfOneOfALaterSpi_thatItIsMissing() {
    Path jar =
        PluginJar.named("dice")
            .source(Sources.emptyService("DiceService", "dice"))
            .source(
                "package com.example; abstract class DiceStore implements"
                    + " dev.backplane.spi.TransactionalStore, dev.backplane.spi.LaterStore {}")
            .source("package dev.backplane.spi; public interface LaterStore {}")
            .without("dev.backplane.spi.LaterStore")
            .service(SERVICE)
            .buildInto(place);

    PluginCheck.Result result = PluginCheck.of(jar, List.of());

    assertThat(result.abilities())
        .containsExactly("LaterStore", "Service", "Store", "TransactionalStore", "WritableStore");
    assertThat(result.problems().getFirst())
        .contains("dev.backplane.spi.LaterStore (used by com.example.DiceStore)");
  }

  @Test
  void of_aDirectory_findsTheLibraryOfTheOtherJar() {
    Path library =
        PluginJar.named("library")
            .source("package lib; public class Name { public static String it = \"dice\"; }")
            .buildInto(place);
    PluginJar.named("dice")
        .against(library)
        .source(
            Sources.service(
                "DiceService",
                "public String name() { return lib.Name.it; }" + Sources.OPENS_EMPTY))
        .service(SERVICE)
        .buildInto(place);

    PluginCheck.Result result = PluginCheck.of(place, List.of());

    assertThat(result.problems()).isEmpty();
    assertThat(result.jars()).isEqualTo(2);
  }

  @Test
  void of_whatIsNoPlugin_saysWhatToName() throws IOException {
    Path text = Files.writeString(place.resolve("dice.txt"), "");
    Path jar = Files.writeString(place.resolve("dice.jar"), "");
    Path directory = Files.createDirectory(place.resolve("dice"));

    assertThat(problems(place.resolve("none.jar")))
        .containsExactly("none.jar does not exist; name a jar, or a directory of jars");
    assertThat(problems(text))
        .containsExactly("dice.txt is neither a jar nor a directory of jars; name the plugin");
    assertThat(problems(jar))
        .containsExactly(
            "dice.jar cannot be read (java.util.zip.ZipException: zip file is empty); copy it there"
                + " again");
    assertThat(problems(directory))
        .containsExactly("dice is a directory without a jar; put the plugin's jars right into it");
  }

  private List<String> problems(Path file) {
    return PluginCheck.of(file, List.of()).problems().stream()
        .map(problem -> problem.replace(place + "/", ""))
        .toList();
  }

  @Test
  void of_aClassThatIsNone_namesIt() {
    Path jar = dice().file("com/example/Other.class", "not a class").buildInto(place);

    assertThat(problems(jar))
        .containsExactly(
            "dice.jar cannot be read (java.io.IOException: dice.jar!/com/example/Other.class: it is"
                + " not a class file); copy it there again");
  }

  @Test
  void of_manyMissingClasses_namesThreeOnce() {
    PluginJar plugin =
        PluginJar.named("dice")
            .source(
                Sources.service(
                    "DiceService",
                    Sources.named("dice")
                        + Sources.OPENS_EMPTY
                        + "Object later() { return List.of(new A(), new B(), new C(), new D[0]); }"))
            .service(SERVICE);
    for (String name : List.of("A", "B", "C", "D")) {
      plugin.source("package com.example; class " + name + " {}").without("com.example." + name);
    }

    assertThat(problems(plugin.buildInto(place)))
        .containsExactly(
            "dice.jar: 4 classes are missing: com.example.A (used by com.example.DiceService),"
                + " com.example.B (used by com.example.DiceService), com.example.C (used by"
                + " com.example.DiceService) and 1 more; pack it into the jar, or make the plugin a"
                + " directory of jars (of the gateway, a plugin sees only dev.backplane.spi and"
                + " org.slf4j)");
  }

  @Test
  void of_aLibraryWithOptionalClasses_isFine() {
    PluginJar library =
        PluginJar.named("library")
            .source("package lib; public class L { Object o() { return new Optional(); } }")
            .source("package lib; public class Optional {}")
            .without("lib.Optional");
    library.buildInto(place);
    dice().buildInto(place);

    assertThat(problems(place)).isEmpty();
  }

  @Test
  void of_aPluginThatUsesTheGatewaysOwnClasses_saysTheyAreMissing() {
    Path jar =
        PluginJar.named("dice")
            .against(PluginCheck.class)
            .source(
                Sources.service(
                    "DiceService",
                    Sources.named("dice")
                        + Sources.OPENS_EMPTY
                        + "Object later() { return dev.backplane.core.plugin.PluginCheck.of(null,"
                        + " null); }"))
            .service(SERVICE)
            .buildInto(place);

    assertThat(problems(jar).getFirst())
        .contains("dev.backplane.core.plugin.PluginCheck (used by com.example.DiceService)");
  }

  @Test
  void of_aPluginThatPacksTheLoggingApi_remarksOnIt() {
    Path jar = dice().source("package org.slf4j; public class Extra {}").buildInto(place);

    PluginCheck.Result result = PluginCheck.of(jar, List.of());

    assertThat(result.problems()).isEmpty();
    assertThat(result.remarks())
        .containsExactly(
            jar
                + " holds a class of org.slf4j, never to be used, as the gateway brings its own;"
                + " slf4j-api may be left out");
  }

  @Test
  void of_twoServicesOfOneName_saysSo() {
    Path jar =
        dice()
            .source(Sources.emptyService("OtherService", "dice"))
            .service("com.example.OtherService")
            .buildInto(place);

    assertThat(problems(jar))
        .containsExactly(
            "the service \"dice\" is there twice, as com.example.DiceService in dice.jar and as"
                + " com.example.OtherService in dice.jar; remove one of them");
  }

  @Test
  void of_aNameThatIsInstalledUnderAnotherFileName_isTwice_andUnderTheSameIsReplaced()
      throws IOException {
    Path jar = dice().buildInto(place);
    Path there = dice().buildInto(installed);
    assertThat(PluginCheck.of(jar, List.of(installed)).problems()).isEmpty();
    assertThat(PluginCheck.of(there, List.of(installed)).problems()).isEmpty();

    Files.move(there, installed.resolve("older.jar"));
    assertThat(PluginCheck.of(jar, List.of(installed)).problems())
        .containsExactly(
            "the service \"dice\" is there twice, as com.example.DiceService in %s and as com.example.DiceService in %s; remove one of them"
                .formatted(installed.resolve("older.jar"), jar));
  }

  @Test
  void of_aPluginInALockedDirectory_isUnderThatLock() throws IOException {
    Path jar = dice().buildInto(place);
    PluginsLocking.of(place);
    assertThat(problems(jar)).isEmpty();

    dice().file("x", "y").buildInto(place);
    assertThat(problems(jar)).hasSize(1).first().asString().contains("is not the jar that");
  }
}
