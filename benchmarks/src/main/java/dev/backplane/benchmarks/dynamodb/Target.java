package dev.backplane.benchmarks.dynamodb;

import java.io.IOException;

/**
 * One way to reach the table.
 *
 * @param name as the report calls it
 * @param process which spends the processor time of it
 * @param clients opens what one client needs
 */
record Target(String name, ProcessHandle process, Clients clients) {
  /** Opens what one client needs. */
  interface Clients {
    Calls open() throws IOException;
  }

  /** The processor time that it has spent so far, in microseconds. */
  double processorTime() {
    return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e3;
  }
}
