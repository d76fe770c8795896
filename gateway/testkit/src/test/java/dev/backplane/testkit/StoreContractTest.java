package dev.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.backplane.spi.JsonBoolean;
import dev.backplane.spi.JsonObject;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** The contract lets a store that is right pass, and notices each planted defect. */
class StoreContractTest {
  private static final List<String> RULES_OF_SERVICES =
      Arrays.stream(ServiceRules.class.getDeclaredMethods()).map(Method::getName).toList();

  @AfterEach
  void repair() {
    ReferenceContract.defect = Defect.NONE;
    ReadOnlyService.Contract.settings = JsonObject.empty();
  }

  @Test
  void contract_when_the_store_is_right_passes() {
    Events tests = run(selectClass(ReferenceContract.class));
    assertThat(failures(tests)).isEmpty();
    assertThat(tests.succeeded().count()).isGreaterThanOrEqualTo(66);
    assertThat(skipped(tests))
        .containsExactlyInAnyOrder(
            "id_when_the_backend_cannot_hold_it_is_refused",
            "items_of_a_store_that_only_reads_are_declared",
            "list_when_filtered_misses_no_match_of_a_store_that_only_reads",
            "list_when_ordered_misses_no_item_of_a_store_that_only_reads");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void contract_when_a_defect_is_planted_fails(Defect defect) {
    ReferenceContract.defect = defect;
    Events tests = run(methods(ReferenceContract.class, defect.caughtBy()));
    assertThat(names(failures(tests))).containsExactlyInAnyOrderElementsOf(defect.caughtBy());
  }

  @Test
  void defects_when_taken_together_trip_every_rule() {
    Set<String> caughtBy =
        Arrays.stream(Defect.values())
            .flatMap(defect -> defect.caughtBy().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    // these have tests of their own below
    caughtBy.addAll(
        List.of(
            "id_when_the_backend_cannot_hold_it_is_refused",
            "items_of_a_store_that_only_reads_are_declared",
            "list_when_filtered_misses_no_match_of_a_store_that_only_reads",
            "list_when_ordered_misses_no_item_of_a_store_that_only_reads",
            "service_is_found_by_the_service_loader",
            "service_name_is_well_formed_and_constant"));
    assertThat(caughtBy)
        .containsExactlyElementsOf(
            Arrays.stream(ReferenceContract.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void contract_when_the_service_is_faulty_fails() {
    assertThat(
            names(failures(run(methods(FaultyServices.ShoutingContract.class, RULES_OF_SERVICES)))))
        .containsExactly("service_name_is_well_formed_and_constant");
    assertThat(
            names(failures(run(methods(FaultyServices.GreedyContract.class, RULES_OF_SERVICES)))))
        .containsExactly("open_when_a_setting_is_unknown_leaves_it_unread");
    assertThat(
            names(failures(run(methods(FaultyServices.StrictContract.class, RULES_OF_SERVICES)))))
        .containsExactly("open_when_a_setting_is_unknown_leaves_it_unread");
    assertThat(
            names(failures(run(methods(FaultyServices.UnlistedContract.class, RULES_OF_SERVICES)))))
        .containsExactly("service_is_found_by_the_service_loader");
  }

  @Test
  void contract_when_the_store_only_reads_skips_writing() {
    Events tests = run(selectClass(ReadOnlyService.Contract.class));
    assertThat(failures(tests)).isEmpty();
    assertThat(tests.succeeded().count()).isEqualTo(18);
    assertThat(skipped(tests))
        .contains(
            "put_when_the_item_exists_replaces_it_whole",
            "count_when_given_is_exact",
            "getAll_gives_each_item_once_as_get_does");
    assertThat(reasons(tests))
        .contains("does not apply: the store is no WritableStore")
        .contains("does not apply: the store is no CountableStore")
        .contains("does not apply: the store is no BatchGetStore");
  }

  @Test
  void contract_when_orders_are_refused_passes() {
    ReadOnlyService.Contract.settings = JsonObject.of("refuses-orders", JsonBoolean.TRUE);
    Events tests = run(selectClass(ReadOnlyService.Contract.class));
    assertThat(failures(tests)).isEmpty();
    assertThat(skipped(tests)).contains("list_when_ordered_by_the_id_field_is_exact_or_refused");
  }

  @Test
  void contract_when_a_store_that_only_reads_is_faulty_fails() {
    ReadOnlyService.Contract.fault(ReadOnlyService.Fault.LOSES_AN_ITEM);
    assertThat(names(failures(run(selectClass(ReadOnlyService.Contract.class)))))
        .contains("list_when_paged_gives_every_item_exactly_once");
    ReadOnlyService.Contract.fault(ReadOnlyService.Fault.FILTER_MISSES);
    assertThat(names(failures(run(selectClass(ReadOnlyService.Contract.class)))))
        .containsExactly("list_when_filtered_misses_no_match_of_a_store_that_only_reads");
    ReadOnlyService.Contract.fault(ReadOnlyService.Fault.ORDER_REVERSED);
    assertThat(names(failures(run(selectClass(ReadOnlyService.Contract.class)))))
        .containsExactlyInAnyOrder(
            "list_when_ordered_misses_no_item_of_a_store_that_only_reads",
            "list_when_ordered_by_the_id_field_is_exact_or_refused");
  }

  @Test
  void contract_when_known_items_are_not_declared_fails() {
    Events tests = run(selectClass(ReadOnlyService.UndeclaredContract.class));
    assertThat(names(failures(tests)))
        .containsExactly("items_of_a_store_that_only_reads_are_declared");
  }

  private static Events run(DiscoverySelector... selectors) {
    return EngineTestKit.engine("junit-jupiter").selectors(selectors).execute().testEvents();
  }

  private static DiscoverySelector[] methods(Class<?> contract, List<String> names) {
    return Arrays.stream(contract.getMethods())
        .filter(method -> names.contains(method.getName()))
        .map(method -> selectMethod(contract, method))
        .toArray(DiscoverySelector[]::new);
  }

  private static List<Event> failures(Events tests) {
    return tests.failed().list();
  }

  private static List<String> skipped(Events tests) {
    return names(tests.aborted().list());
  }

  private static List<String> names(List<Event> events) {
    return events.stream()
        .map(event -> event.getTestDescriptor().getDisplayName().replaceFirst("\\(.*", ""))
        .toList();
  }

  private static Set<String> reasons(Events tests) {
    return tests
        .aborted()
        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
        .map(result -> result.getThrowable().orElseThrow().getMessage())
        .map(message -> message.replace("Assumption failed: ", ""))
        .collect(Collectors.toSet());
  }
}
