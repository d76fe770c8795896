package dev.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Query;
import dev.backplane.spi.Service;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** How a service is found, named, configured and closed. */
interface ServiceRules {
  @Test
  default void service_is_found_by_the_service_loader(StoreContract contract) {
    Class<? extends Service> type = contract.service();
    assertThat(ServiceLoader.load(Service.class, type.getClassLoader()).stream())
        .as(
            "the classes that META-INF/services/%s names; add a line with %s",
            Service.class.getName(), type.getName())
        .anyMatch(provider -> provider.type() == type);
  }

  @Test
  default void service_name_is_well_formed_and_constant(StoreContract contract) throws Exception {
    Class<? extends Service> type = contract.service();
    String name = type.getConstructor().newInstance().name();
    assertThat(name)
        .as("name(): lower-case letters, digits and dashes, starting with a letter, at most 40")
        .matches("[a-z][a-z0-9-]{0,39}");
    assertThat(type.getConstructor().newInstance().name())
        .as("name() is a constant: the same for each instance")
        .isEqualTo(name);
  }

  @Test
  default void open_when_a_setting_is_unknown_leaves_it_unread(StoreContract contract)
      throws Exception {
    JsonObject settings =
        contract.settings().with("no-such-setting", new JsonString("of the contract"));
    try (Resource resource = Resource.open(contract, settings)) {
      assertThat(resource.context().settings().unread())
          .as(
              "the settings that open() did not ask for: it asks for each key that it knows, and for"
                  + " no other, so that the gateway finds spelling mistakes in a mapping")
          .containsExactly("no-such-setting");
    }
  }

  @Test
  default void close_when_done_lets_the_resource_be_opened_again(StoreContract contract)
      throws Exception {
    JsonObject settings = contract.settings();
    try (Resource first = Resource.open(contract, settings)) {
      first.store().list(Query.first(1));
    }
    try (Resource second = Resource.open(contract, settings)) {
      assertThat(second.store().list(Query.first(1)))
          .as("a list from a store that was opened after another one of its resource was closed")
          .isNotNull();
    }
  }
}
