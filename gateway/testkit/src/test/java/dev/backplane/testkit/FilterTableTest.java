package dev.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the table says by hand and what the SPI computes are the same. */
class FilterTableTest {
  @Test
  void expected_is_what_the_filters_of_the_spi_match() throws Exception {
    try (Resource resource = Resource.open(new ReferenceContract())) {
      FilterTable table = FilterTable.store(resource);
      assertThat(table.expected()).hasSizeGreaterThan(70);
      table
          .expected()
          .forEach((filter, expected) -> {
            Set<String> matching = new LinkedHashSet<>();
            table
                .ids()
                .forEach((label, id) -> {
                  if (filter.test(resource.get(id).body())) {
                    matching.add(label);
                  }
                });
            assertThat(matching)
                .as(filter.toString())
                .containsExactlyInAnyOrderElementsOf(expected);
          });
    }
  }
}
