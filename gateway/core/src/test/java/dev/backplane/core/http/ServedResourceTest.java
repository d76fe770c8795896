package dev.backplane.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.mapping.Mapping;
import dev.backplane.core.mapping.MappingReader;
import dev.backplane.core.mapping.ResourceMapping;
import dev.backplane.core.plugin.OpenStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callers may do is found out once, and not with every request. */
class ServedResourceTest {
  private ServedResource resource;

  @BeforeEach
  void make(@TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("mapping.yaml"),
            """
            resources:
              notes:
                service: memory
                access:
                  roles: {writer: [list, get, create], reader: [get]}
                  fields: {salary: {read: [hr]}}
                  owner: {except: [reader]}
            """);
    Mapping mapping = MappingReader.read(file, Map.of()).mapping();
    ResourceMapping notes = mapping.resources().get(0);
    AccessRules rules =
        new AccessRules(mapping.access(notes).orElseThrow(), Optional.empty(), Optional.empty());
    resource =
        new ServedResource(
            notes, OpenStores.of(new RecordingStore()), Optional.empty(), Optional.of(rules));
  }

  private static Caller caller(String name, String... roles) {
    return Caller.of(name, Set.of(roles), Map.of());
  }

  @Test
  void as_whenTheRolesThatCountAreTheSame_findsOutNothingAnew() {
    ServedResource ann = resource.as(caller("ann", "writer", "x"));
    ServedResource bob = resource.as(caller("bob", "writer", "y", "z"));
    assertThat(bob.bodies()).isSameAs(ann.bodies());
    assertThat(bob.rights()).isSameAs(ann.rights());
    assertThat(resource.as(caller("hank", "writer", "hr")).rights()).isNotEqualTo(ann.rights());
  }

  @Test
  void as_whenAllItemsAreThere_isTheSameForAllCallers() {
    assertThat(resource.as(caller("eve", "reader")))
        .isSameAs(resource.as(caller("ivy", "reader", "x")));
  }

  @Test
  void as_whenThereAreNoRules_isTheResourceItself() {
    ServedResource open = new ServedResource(resource.mapping(), resource.store());
    assertThat(open.as(caller("ann"))).isSameAs(open);
  }
}
