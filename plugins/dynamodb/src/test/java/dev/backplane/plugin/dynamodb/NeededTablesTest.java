package dev.backplane.plugin.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Provision;
import dev.backplane.spi.ProvisionedStore;
import dev.backplane.spi.SettingException;
import dev.backplane.spi.Settings;
import dev.backplane.spi.Store;
import dev.backplane.testkit.TestContext;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeededTablesTest {
  private final DynamoDbService service = new DynamoDbService(Map.of());

  @Test
  void provision_when_two_resources_share_a_table_has_the_indexes_of_both() {
    ProvisionedStore people =
        open("people", "{'indexes': {'by-city': {'key': 'city', 'projection': 'part'}}}");
    ProvisionedStore users =
        open(
            "users",
            "{'ttl': 'until', 'indexes': {'by-age': {'key': 'age', 'key-type': 'number'}}}");
    Provision provision = people.provision();
    assertThat(provision).isEqualTo(users.provision());
    assertThat(provision.remarks()).isEmpty();
    assertThat(provision.resources()).containsOnlyKeys("MyUsersV2Table");
    String table = provision.resources().get("MyUsersV2Table").toString();
    assertThat(table).contains("by-city", "by-age", "KEYS_ONLY", "until", "my-users.v2");
    users.close();
    assertThat(people.provision().resources().get("MyUsersV2Table").toString())
        .contains("by-city")
        .doesNotContain("by-age", "until");
  }

  @Test
  void provision_when_the_mapping_does_not_say_all_remarks_on_it() {
    assertThat(open("a", "{}").provision().remarks())
        .singleElement()
        .asString()
        .contains("no indexes");
    assertThat(open("b", "{'indexes': {}}").provision().remarks()).isEmpty();
    ProvisionedStore elsewhere =
        open("c", "{'table': 'arn:aws:dynamodb:eu-west-1:123456789012:table/users'}");
    assertThat(elsewhere.provision().resources()).isEmpty();
    assertThat(elsewhere.provision().remarks()).singleElement().asString().contains("ARN");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'key': 'name'} | key",
        "{'key-type': 'number'} | key",
        "{'sort-key': 'at'} | key",
        "{'ttl': 'end'} | ttl",
        "{'indexes': {'by-city': {'key': 'town'}}} | indexes.by-city",
        "{'indexes': {'by-city': {'key': 'city', 'projection': 'part'}}} | indexes.by-city",
        "{'indexes': {'by-town': {'key': 'city', 'key-type': 'number'}}} | indexes.by-town"
      })
  void provision_when_two_resources_contradict_each_other_names_the_setting(
      String settings, String key) {
    ProvisionedStore first = open("a", "{'ttl': 'until', 'indexes': {'by-city': {'key': 'city'}}}");
    ProvisionedStore second = open("b", settings);
    for (ProvisionedStore each : new ProvisionedStore[] {first, second}) {
      assertThatThrownBy(each::provision)
          .hasMessageContaining("another resource")
          .isInstanceOfSatisfying(
              SettingException.class, wrong -> assertThat(wrong.key()).isEqualTo(key));
    }
  }

  @Test
  void provision_when_a_resource_is_opened_anew_goes_by_its_new_settings() {
    Store before = open("a", "{'key': 'name'}");
    ProvisionedStore after = open("a", "{'indexes': {}}");
    assertThat(after.provision().remarks()).isEmpty();
    before.close();
    assertThat(after.provision().resources().toString()).doesNotContain("\"name\"");
  }

  @Test
  void provision_when_tables_are_elsewhere_keeps_them_apart() {
    ProvisionedStore here = open("a", "{'key': 'one', 'indexes': {}}");
    ProvisionedStore there = open("b", "{'key': 'two', 'region': 'us-east-1', 'indexes': {}}");
    assertThat(here.provision()).isNotEqualTo(there.provision());
  }

  private ProvisionedStore open(String resource, String more) {
    JsonObject settings =
        JsonObject.builder()
            .put("region", new JsonString("eu-west-1"))
            .put("table", new JsonString("my-users.v2"))
            .putAll(TestTable.json(more))
            .build();
    TestContext context = TestContext.of(JsonObject.empty(), Path.of(""));
    return (ProvisionedStore)
        service.open(
            new TestContext(resource, "id", Settings.of(settings, Path.of("")), context.json()));
  }
}
