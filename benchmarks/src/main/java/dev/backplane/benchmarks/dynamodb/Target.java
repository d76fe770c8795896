package dev.backplane.benchmarks.dynamodb;

import java.io.IOException;
import java.util.List;

/**
 * One way to reach the table.
 *
 * @param name as the report calls it
 * @param processes all that spend processor time on it: the client, what is between, and the stub
 * @param clients opens what one client needs
 */
record Target(String name, List<ProcessHandle> processes, Clients clients) {
  /** Opens what one client needs. */
  interface Clients {
    Calls open() throws IOException;
  }

  /** The processor time that they have spent so far, in microseconds. */
  double processorTime() {
    return processes.stream()
        .mapToDouble(process -> process.info().totalCpuDuration().orElseThrow().toNanos() / 1e3)
        .sum();
  }
}
