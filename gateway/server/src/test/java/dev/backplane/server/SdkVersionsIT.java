package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.backplane.core.plugin.PluginJar;
import dev.backplane.plugin.dynamodb.TestDatabase;
import dev.backplane.plugin.s3.TestBucket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Plugins with different versions of the AWS SDK in one server, each with its own. */
@Timeout(300)
class SdkVersionsIT {
  /** Asks an address with the SDK's HTTP client, and gives the version of the SDK that it has. */
  private static final String OLD_PLUGIN =
      """
      package com.example;

      import dev.backplane.spi.*;
      import java.net.URI;
      import java.util.*;
      import software.amazon.awssdk.core.util.SdkUserAgent;
      import software.amazon.awssdk.http.*;
      import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

      public final class OldService implements Service {
        @Override
        public String name() {
          return "old";
        }

        @Override
        public Store open(StoreContext context) {
          URI address = URI.create(context.settings().string("address"));
          SdkHttpClient http = UrlConnectionHttpClient.create();
          return new Store() {
            @Override
            public Optional<Item> get(String id) {
              String agent = SdkUserAgent.create().userAgent();
              SdkHttpFullRequest request =
                  SdkHttpFullRequest.builder().method(SdkHttpMethod.GET).uri(address)
                      .putHeader("User-Agent", agent).build();
              try {
                int status =
                    http.prepareRequest(HttpExecuteRequest.builder().request(request).build())
                        .call().httpResponse().statusCode();
                return Optional.of(
                    new Item(id, "1", JsonObject.of("agent", new JsonString(agent))
                        .with("status", JsonNumber.of(status))));
              } catch (java.io.IOException failure) {
                throw new StoreException(StoreException.Reason.UNAVAILABLE, "no answer", failure);
              }
            }

            @Override
            public Page list(Query query) {
              return Page.last(List.of());
            }

            @Override
            public void close() {
              http.close();
            }
          };
        }
      }
      """;

  @TempDir private Path directory;

  /** Who asked, by the path or the operation that was asked for. */
  private final Map<String, String> agents = new ConcurrentHashMap<>();

  @Test
  void plugins_with_different_versions_of_the_aws_sdk_serve_side_by_side() throws Exception {
    buildOldPlugin();
    HttpServer recorder = recorder();
    try {
      writeMapping("http://127.0.0.1:" + recorder.getAddress().getPort());
      try (ServerProcess server = ServerProcess.serve(directory, "--plugins", "plugins")) {
        for (int round = 0; round < 2; round++) {
          for (String resource : List.of("users", "files")) {
            assertServes(server, resource, "item-" + round);
          }
          assertThat(server.get("/api/olds/1").body())
              .contains("aws-sdk-java/2.20.162")
              .contains("\"status\":404");
          assertThat(server.get("/api/asked-users/1").statusCode()).isEqualTo(404);
          assertThat(server.get("/api/asked-files/1").statusCode()).isEqualTo(404);
        }
        assertThat(server.errors()).isEmpty();
      }
    } finally {
      recorder.stop(0);
    }
    String ours = software.amazon.awssdk.core.util.VersionInfo.SDK_VERSION;
    assertThat(ours).isNotEqualTo("2.20.162");
    assertThat(agents.get("DynamoDB_20120810.GetItem")).contains("aws-sdk-java/" + ours);
    assertThat(agents.get("/bucket/asked-files/1.json")).contains("aws-sdk-java/" + ours);
    assertThat(agents.get("/old")).contains("aws-sdk-java/2.20.162");
  }

  private static void assertServes(ServerProcess server, String resource, String id)
      throws Exception {
    String path = "/api/" + resource + "/" + id;
    HttpRequest create =
        HttpRequest.newBuilder(server.url().resolve(path))
            .header("Content-Type", "application/json")
            .header("If-None-Match", "*")
            .PUT(BodyPublishers.ofString("{\"in\":\"" + resource + "\"}"))
            .build();
    assertThat(ServerProcess.send(create).statusCode()).isEqualTo(201);
    assertThat(server.get(path).body()).contains("\"in\":\"" + resource + "\"");
    assertThat(server.get("/api/" + resource).body()).contains(id);
  }

  private void buildOldPlugin() throws Exception {
    Path plugin = Files.createDirectories(directory.resolve("plugins/old"));
    PluginJar jar = PluginJar.named("old").source(OLD_PLUGIN).service("com.example.OldService");
    try (Stream<Path> sdk = Files.list(Path.of("target", "old-sdk"))) {
      for (Path library : sdk.toList()) {
        jar.against(Files.copy(library, plugin.resolve(library.getFileName())));
      }
    }
    for (Class<?> shared : List.of(org.reactivestreams.Publisher.class)) {
      Path library = Path.of(shared.getProtectionDomain().getCodeSource().getLocation().toURI());
      jar.against(Files.copy(library, plugin.resolve(library.getFileName())));
    }
    jar.buildInto(plugin);
  }

  private void writeMapping(String recorder) throws Exception {
    TestDatabase database = TestDatabase.get();
    TestBucket bucket = TestBucket.get();
    Files.writeString(
        directory.resolve("mapping.yaml"),
        """
        services:
          dynamodb: {settings: {region: eu-west-1, access-key: test, secret-key: test}}
          s3: {settings: {region: eu-west-1, access-key: test, secret-key: test}}
        resources:
          users: {service: dynamodb, settings: {endpoint: "%s", table: "%s"}}
          files: {service: s3, settings: {endpoint: "%s", bucket: "%s", prefix: sdk-versions/}}
          asked-users: {service: dynamodb, settings: {endpoint: "%5$s", indexes: {}, create-tables: false}}
          asked-files: {service: s3, settings: {endpoint: "%5$s", bucket: bucket}}
          olds: {service: old, settings: {address: "%5$s/old"}}
        """
            .formatted(
                database.endpoint(),
                database.newTable("id", ScalarAttributeType.S),
                bucket.endpoint(),
                bucket.name(),
                recorder));
  }

  /** Answers as DynamoDB and S3 do when there is nothing, and remembers who asked. */
  private HttpServer recorder() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          String operation = exchange.getRequestHeaders().getFirst("X-Amz-Target");
          agents.put(
              operation == null ? exchange.getRequestURI().getPath() : operation,
              exchange.getRequestHeaders().getFirst("User-Agent"));
          byte[] body =
              (operation == null ? "<Error><Code>NoSuchKey</Code></Error>" : "{}").getBytes();
          exchange.sendResponseHeaders(operation == null ? 404 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }
}
