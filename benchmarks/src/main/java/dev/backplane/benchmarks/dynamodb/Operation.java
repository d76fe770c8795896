package dev.backplane.benchmarks.dynamodb;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is measured. */
enum Operation {
  GET("get", Calls::get),
  PUT("put", Calls::put),
  LIST("list of 25", Calls::list),
  BATCH("batch of 100", Calls::batch);

  private final String title;
  private final Call call;

  Operation(String title, Call call) {
    this.title = title;
    this.call = call;
  }

  private interface Call {
    void on(Calls calls) throws IOException;
  }

  /** Those of these names, or all. */
  static List<Operation> named(String... names) {
    return names.length == 0
        ? List.of(values())
        : Arrays.stream(names).map(name -> valueOf(name.toUpperCase(Locale.ROOT))).toList();
  }

  String title() {
    return title;
  }

  void on(Calls calls) throws IOException {
    call.on(calls);
  }
}
