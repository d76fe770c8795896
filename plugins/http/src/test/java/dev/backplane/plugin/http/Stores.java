package dev.backplane.plugin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.JsonObject;
import dev.backplane.spi.JsonString;
import dev.backplane.spi.Settings;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreContext;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import dev.backplane.spi.WritableStore;
import dev.backplane.testkit.TestContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Opens stores in tests, and looks at how they fail. */
final class Stores {
  private Stores() {}

  /** Reads an object; single quotes stand for double ones. */
  static JsonObject json(String text) {
    byte[] utf8 = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return (JsonObject) RestCollection.JSON.read(utf8);
  }

  static TestContext context(String url, String settings) {
    JsonObject all = json(settings).with("url", new JsonString(url));
    return TestContext.of(all, Path.of(""));
  }

  /** The same during a request of a client. */
  static StoreContext propagating(StoreContext context, Supplier<Map<String, String>> propagated) {
    return new StoreContext() {
      @Override
      public String resource() {
        return context.resource();
      }

      @Override
      public String idField() {
        return context.idField();
      }

      @Override
      public Settings settings() {
        return context.settings();
      }

      @Override
      public JsonCodec json() {
        return context.json();
      }

      @Override
      public Map<String, String> propagated() {
        return propagated.get();
      }
    };
  }

  static Store open(String url, String settings) {
    return new HttpService().open(context(url, settings));
  }

  static WritableStore writable(String url, String settings) {
    return (WritableStore) open(url, settings);
  }

  /** Checks that a call fails for this reason, in words without anything of the backend. */
  static StoreException assertFails(Reason reason, ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown)
        .isInstanceOfSatisfying(
            StoreException.class,
            failure -> {
              assertThat(failure.reason()).as("%s", failure.getMessage()).isEqualTo(reason);
              assertThat(failure.getMessage())
                  .endsWith(".")
                  .doesNotContainIgnoringCase("127.0.0.1", "http:", "exception", "secret");
            });
    return (StoreException) thrown;
  }
}
