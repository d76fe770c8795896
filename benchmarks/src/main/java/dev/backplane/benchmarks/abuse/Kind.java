package dev.backplane.benchmarks.abuse;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What an abuser does again and again. */
enum Kind {
  WIDE_JSON {
    @Override
    byte[] request() {
      return Connection.post("/api/good/_query", "{\"a\":[" + "1,".repeat(BODY / 2 - 20) + "1]}");
    }
  },
  DEEP_JSON {
    @Override
    byte[] request() {
      return Connection.post("/api/good/_query", "[".repeat(BODY - 100));
    }
  },
  SCHEMA {
    @Override
    byte[] request() {
      return Connection.post("/api/strict", "{\"list\":[" + "0,".repeat(BODY / 2 - 20) + "0]}");
    }
  },
  REGULAR_EXPRESSION {
    @Override
    byte[] request() {
      return Connection.post("/api/strict", "{\"text\":\"" + "a".repeat(30_000) + "!\"}");
    }
  },
  MANY_WORDS {
    @Override
    byte[] request() {
      String words =
          IntStream.range(0, 1500).mapToObj("%x=1"::formatted).collect(Collectors.joining("&"));
      return Connection.get("/api/good?" + words);
    }
  },
  CONDITIONS {
    @Override
    byte[] request() {
      String words =
          IntStream.range(0, 190).mapToObj(n -> "name:ne=" + n).collect(Collectors.joining("&"));
      return Connection.get("/api/good?_limit=500&_fields=id&" + words);
    }
  },
  PATTERNS {
    @Override
    byte[] request() {
      String terms =
          IntStream.range(0, 199)
              .mapToObj(n -> "{\"text\":{\"ilike\":\"*" + "a".repeat(1900) + "b" + n + "*\"}}")
              .collect(Collectors.joining(","));
      return Connection.post(
          "/api/texts/_query", "{\"fields\":[\"id\"],\"where\":{\"or\":[" + terms + "]}}");
    }
  },
  ROW_PATTERNS {
    @Override
    byte[] request() {
      return Connection.get("/api/rows?_fields=id&text:like=" + "*a".repeat(400) + "*b");
    }
  },
  LARGE_PAGES {
    @Override
    byte[] request() {
      return Connection.get("/api/texts?_limit=20");
    }
  },
  SORTED {
    @Override
    byte[] request() {
      return Connection.get("/api/good?_sort=-name,n&q=ann&_limit=500");
    }
  },
  JSON_PATCH {
    @Override
    byte[] request() {
      String copies =
          IntStream.range(0, 60)
              .mapToObj(n -> "{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/a/c%d\"}".formatted(n))
              .collect(Collectors.joining(","));
      String json = "[{\"op\":\"add\",\"path\":\"/a\",\"value\":{}}," + copies + "]";
      String post = new String(Connection.post("/api/good/1", json), StandardCharsets.US_ASCII);
      return post.replace("POST", "PATCH")
          .replace("application/json", "application/json-patch+json")
          .getBytes(StandardCharsets.US_ASCII);
    }
  },
  /** Reads nothing of what it asks for. */
  SLOW_READERS {
    @Override
    byte[] request() {
      return Connection.get("/api/texts?_limit=20");
    }
  },
  /** A connection for each request, which is not even sent. */
  CONNECTIONS {
    @Override
    byte[] request() {
      return new byte[0];
    }
  },
  /**
   * As {@link #CONNECTIONS}, to a program that only accepts and closes them: the machine's part.
   */
  CONNECTIONS_ELSEWHERE {
    @Override
    byte[] request() {
      return CONNECTIONS.request();
    }
  },
  /** Many connections that begin a request. */
  IDLE_CONNECTIONS {
    @Override
    byte[] request() {
      return "GET /api/go".getBytes(StandardCharsets.US_ASCII);
    }
  };

  /** The largest body that the server takes, in bytes. */
  static final int BODY = AbuseBenchmark.number("BODY", 1024) * 1024;

  abstract byte[] request();

  /** Whether the abuser sends all of the request, and reads the answer. */
  boolean isAnswered() {
    return switch (this) {
      case SLOW_READERS, CONNECTIONS, CONNECTIONS_ELSEWHERE, IDLE_CONNECTIONS -> false;
      default -> true;
    };
  }
}
