package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backplane.core.contract.Answer;
import dev.backplane.core.contract.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each limit of a running server: what is just within is taken, what is beyond is told so. */
@Timeout(60)
class LimitsIT {
  private static final String ORIGIN = "https://app.example.com";
  private static SocketClient gateway;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    Path mapping = directory.resolve("mapping.yaml");
    Files.writeString(
        mapping,
        """
        max-body-size: 1MB
        cors: {origins: [%s]}
        resources:
          things: {service: memory, max-page-size: 50, max-bulk-size: 20}
          kept: memory
        idempotency: {resource: kept}
        """
            .formatted(ORIGIN));
    gateway = SocketClient.start(mapping);
    gateway.send(with(Request.json("PUT", "/api/things/patched", "{}"), "If-None-Match", "*"));
  }

  @AfterAll
  static void stop() {
    if (gateway != null) {
      gateway.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    // the largest that is taken, the status beyond, a word of the message
    "BODY,        1048576, 413, 1048576 bytes",
    "DEPTH,       99,      400, 100 levels",
    "DIGITS,      1000,    400, 1000 digits",
    "ID_IN_BODY,  4096,    400, 4096 bytes",
    "ID_IN_PATH,  4096,    400, 4096 bytes",
    "BULK,        20,      413, 20 operations",
    "PATCH,       1000,    400, 1000 operations",
    "KEY,         255,     400, 255",
    "PAGE,        50,      400, 50",
    "QUERY,       10000,   414, 10000 characters",
    "CONDITIONS,  200,     414, 200 conditions",
    "VALUES,      1000,    414, 1000 values",
    "SEARCHES,    20,      414, 20 texts",
    "VALUE,       2000,    414, 2000 characters",
    "LEVELS,      10,      400, 10 levels",
    "SORT,        10,      414, 10 fields",
    "FIELDS,      200,     414, 200",
  })
  void limit_isWhereTheDocumentationHasIt(Limit limit, int most, int status, String message) {
    Answer within = gateway.send(origin(limit.request(most)));
    assertThat(within.status()).as("%s", within).isBetween(200, 299);

    Answer beyond = gateway.send(origin(limit.request(most + 1)));

    assertThat(beyond.status()).as("%s", beyond).isEqualTo(status);
    assertProblem(beyond, message);
    assertThat(beyond.header("Access-Control-Allow-Origin")).hasValue(ORIGIN);
  }

  enum Limit {
    BODY {
      @Override
      Request request(int size) {
        return post("{\"text\": \"" + "x".repeat(size - 12) + "\"}");
      }
    },
    DEPTH {
      @Override
      Request request(int size) {
        return post("{\"a\": " + "[".repeat(size) + "]".repeat(size) + "}");
      }
    },
    DIGITS {
      @Override
      Request request(int size) {
        return post("{\"a\": " + "1".repeat(size) + "}");
      }
    },
    ID_IN_BODY {
      @Override
      Request request(int size) {
        return post("{\"id\": \"" + "b".repeat(size) + "\"}");
      }
    },
    ID_IN_PATH {
      @Override
      Request request(int size) {
        return with(
            Request.json("PUT", "/api/things/" + "p".repeat(size), "{}"), "If-None-Match", "*");
      }
    },
    BULK {
      @Override
      Request request(int size) {
        String operations = numbered(size, "{\"op\": \"create\", \"body\": {\"n\": %d}}", ",");
        return Request.json("POST", "/api/things/_bulk", "[" + operations + "]");
      }
    },
    PATCH {
      @Override
      Request request(int size) {
        String operations =
            numbered(size, "{\"op\": \"add\", \"path\": \"/a\", \"value\": %d}", ",");
        return new Request(
            "PATCH",
            "/api/things/patched",
            List.of(Map.entry("Content-Type", "application/json-patch+json")),
            ("[" + operations + "]").getBytes(StandardCharsets.UTF_8));
      }
    },
    KEY {
      @Override
      Request request(int size) {
        return with(post("{}"), "Idempotency-Key", '"' + "k".repeat(size) + '"');
      }
    },
    PAGE {
      @Override
      Request request(int size) {
        return list("_limit=" + size);
      }
    },
    QUERY {
      @Override
      Request request(int size) {
        String value = "v".repeat(1600);
        String most = "a=" + value + "&b=" + value + "&c=" + value + "&d=" + value + "&e=" + value;
        return list(most + "&f=" + "v".repeat(size - most.length() - 3));
      }
    },
    CONDITIONS {
      @Override
      Request request(int size) {
        return list(numbered(size, "a%d=1", "&"));
      }
    },
    VALUES {
      @Override
      Request request(int size) {
        return list("a:in=" + numbered(size, "%d", ","));
      }
    },
    SEARCHES {
      @Override
      Request request(int size) {
        return list("q=a&b:contains=1&" + numbered(size - 2, "a_like=%d", "&"));
      }
    },
    VALUE {
      @Override
      Request request(int size) {
        return list("a=" + "v".repeat(size));
      }
    },
    LEVELS {
      @Override
      Request request(int size) {
        String json = "{\"and\": [".repeat(size - 1) + "{\"a\": 1}" + "]}".repeat(size - 1);
        return Request.json("POST", "/api/things/_query", "{\"where\": " + json + "}");
      }
    },
    SORT {
      @Override
      Request request(int size) {
        return list("_sort=" + numbered(size, "a%d", ","));
      }
    },
    FIELDS {
      @Override
      Request request(int size) {
        return list("_fields=" + numbered(size, "a%d", ","));
      }
    };

    /** A request that takes just so much of what is limited. */
    abstract Request request(int size);

    private static Request list(String query) {
      return Request.of("GET", "/api/things?" + query);
    }

    private static String numbered(int count, String format, String separator) {
      return IntStream.range(0, count)
          .mapToObj(format::formatted)
          .collect(Collectors.joining(separator));
    }

    private static Request post(String json) {
      return Request.json("POST", "/api/things", json);
    }
  }

  @Test
  void urlThatIsTooLong_is414() throws IOException {
    Answer refused = gateway.send(origin(Request.of("GET", "/" + "a".repeat(16 * 1024))));
    assertThat(refused.status()).isEqualTo(414);
    assertProblem(refused, "The URL is longer than 16384 bytes.");
    assertThat(refused.header("Vary").orElse("")).contains("Origin");
  }

  @Test
  void headersThatAreTooLarge_are431() throws IOException {
    Request request = origin(Request.of("GET", "/api/ping"));
    Answer refused = gateway.send(with(request, "X-Large", "a".repeat(16 * 1024)));
    assertThat(refused.status()).isEqualTo(431);
    assertProblem(refused, "longer than 16384 bytes in all");
    assertThat(refused.header("Vary").orElse("")).contains("Origin");
  }

  @Test
  void requestThatTheServerRefuses_isAProblem_thatAPageMayRead() {
    Answer refused = gateway.send(with(origin(Request.of("GET", "/api/ping")), "Expect", "x"));
    assertThat(refused.status()).isEqualTo(417);
    assertProblem(refused, "Expectation Failed");
    assertThat(refused.header("Access-Control-Allow-Origin")).hasValue(ORIGIN);
    assertThat(refused.header("Vary").orElse("")).contains("Origin");
  }

  private static void assertProblem(Answer answer, String message) {
    assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.text()).contains("\"status\":" + answer.status(), "\"message\":\"", message);
  }

  private static Request origin(Request request) {
    return with(request, "Origin", ORIGIN);
  }

  private static Request with(Request request, String name, String value) {
    List<Map.Entry<String, String>> headers = new ArrayList<>(request.headers());
    headers.add(Map.entry(name, value));
    return new Request(request.method(), request.target(), headers, request.body());
  }
}
