package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.core.ApiKey;
import dev.backplane.core.Gateway;
import dev.backplane.core.contract.Answer;
import dev.backplane.core.contract.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Expressions that say what may be seen and written, on the running server. */
class AccessRuleIT {
  @TempDir private Path directory;
  private SocketClient client;

  @BeforeEach
  void start() throws Exception {
    Files.writeString(
        directory.resolve("keys.json"),
        Stream.of("ann", "bob", "root")
            .map(name -> key(name, name.equals("root") ? "admin" : "writer"))
            .collect(Collectors.joining(",", "[", "]")));
    Path mapping = directory.resolve("mapping.yaml");
    Files.writeString(
        mapping,
        """
        authentication: {api-keys: keys.json}
        resources:
          orders:
            service: memory
            access:
              roles:
                writer: [list, get, create, replace, update, delete]
                admin: [list, get, create, replace, update, delete]
              rules:
                read: "item.public || item.by == caller.subject || 'admin' in caller.roles"
                write: "item.state == 'open' || 'admin' in caller.roles"
        """);
    client = SocketClient.start(mapping);
  }

  private static String key(String name, String role) {
    return new ApiKey(name, ApiKey.hash(name), Set.of(role), Optional.empty()).entry();
  }

  @AfterEach
  void stop() {
    client.close();
  }

  private Answer send(String caller, int status, Request request) {
    Answer answer = client.send(request.header("X-API-Key", caller));
    assertThat(answer.status()).as("%s: %s gave %s", caller, request, answer).isEqualTo(status);
    return answer;
  }

  private void create(String json) {
    send("root", 201, Request.json("POST", "/api/orders", json));
  }

  @Test
  void itemsThatMayNotBeSeen_areNotThere() {
    create("{\"id\": \"1\", \"by\": \"ann\", \"public\": false, \"state\": \"open\"}");
    create("{\"id\": \"2\", \"by\": \"bob\", \"public\": false, \"state\": \"open\"}");
    create("{\"id\": \"3\", \"by\": \"bob\", \"public\": true, \"state\": \"open\"}");
    create("{\"id\": \"4\", \"state\": \"open\"}");
    Answer list = send("ann", 200, Request.of("GET", "/api/orders?_fields=id"));
    assertThat(list.text()).isEqualTo("[{\"id\":\"1\"},{\"id\":\"3\"}]");
    assertThat(list.header("X-Total-Count")).hasValue("2");
    send("ann", 404, Request.of("GET", "/api/orders/2"));
    send("ann", 404, Request.json("PUT", "/api/orders/2", "{\"state\": \"open\"}"));
    send("ann", 404, Request.of("DELETE", "/api/orders/2"));
    send("ann", 404, Request.of("GET", "/api/orders/4"));
    send("root", 200, Request.of("GET", "/api/orders/4"));
  }

  @Test
  void itemsThatMayNotBeWritten_areAsTheyWere_andNobodyMakesOne() {
    create("{\"id\": \"1\", \"by\": \"ann\", \"state\": \"closed\"}");
    create("{\"id\": \"2\", \"by\": \"ann\", \"state\": \"open\"}");
    String open = "{\"by\": \"ann\", \"state\": \"open\"}";
    send("ann", 403, Request.json("PUT", "/api/orders/1", open));
    send("ann", 403, Request.json("PATCH", "/api/orders/1", open));
    send("ann", 403, Request.of("DELETE", "/api/orders/1"));
    send("ann", 403, Request.json("PATCH", "/api/orders/2", "{\"state\": \"closed\"}"));
    send("ann", 403, Request.json("POST", "/api/orders", "{\"state\": \"closed\"}"));
    send("ann", 403, Request.json("PUT", "/api/orders/9", "{}").header("If-None-Match", "*"));
    String all =
        "[{\"op\": \"delete\", \"id\": \"2\"}, {\"op\": \"update\", \"id\": \"1\", \"body\": {}}]";
    send("ann", 409, Request.json("POST", "/api/orders/_bulk?_atomic=true", all));
    send("ann", 200, Request.json("PATCH", "/api/orders/2", "{\"n\": 1}"));
    send("ann", 204, Request.of("DELETE", "/api/orders/2"));
    send("root", 200, Request.json("PATCH", "/api/orders/1", "{\"n\": 1}"));
  }

  @Test
  void ruleThatIsNone_stopsTheStart_andSaysWhere() throws Exception {
    Path mapping = directory.resolve("wrong.yaml");
    Files.writeString(
        mapping,
        """
        resources:
          orders:
            service: memory
            access:
              roles: {writer: [list]}
              rules:
                read: "item.n + 1"
                write: "caller.name == 'ann'"
        """);
    assertThatThrownBy(() -> Gateway.start(new Gateway.Options(mapping, List.of(), Map.of())))
        .isInstanceOf(Gateway.StartException.class)
        .hasMessageContaining("wrong.yaml:7:")
        .hasMessageContaining("\"rules.read\" is no rule")
        .hasMessageContaining("wrong.yaml:8:")
        .hasMessageContaining("undeclared reference to 'caller'");
  }
}
