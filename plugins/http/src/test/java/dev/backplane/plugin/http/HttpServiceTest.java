package dev.backplane.plugin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.spi.SettingException;
import dev.backplane.testkit.TestContext;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes in the settings, each with the key that it is about. */
class HttpServiceTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "url | {}",
        "url | {'url': 'api.example.com'}",
        "url | {'url': 'ftp://api.example.com'}",
        "url | {'url': 'http:///path'}",
        "url | {'url': 'https://user:secret@api.example.com'}",
        "url | {'url': 'https://api.example.com?key=secret'}",
        "url | {'url': 'https://api.example.com#secret'}",
        "url | {'url': 'https://api.example.com/a/../b'}",
        "url | {'url': 'https://api.example.com/%2e%2e/b'}",
        "url | {'url': 'https://api.example.com//b'}",
        "url | {'url': 'https://api.exa mple.com'}",
        "url | {'url': 'http://0xa9.0xfe.0xa9.0xfe'}",
        "url | {'url': 'http://0251.0376.0251.0376'}",
        "url | {'url': 'http://169.254.43518'}",
        "paths-as-ids | {'url': 'http://h', 'paths-as-ids': 'maybe'}",
        "list | {'url': 'http://h', 'list': 'people'}",
        "list | {'url': 'http://h', 'list': '/../people'}",
        "list | {'url': 'http://h', 'list': '//evil.example'}",
        "list | {'url': 'http://h', 'list': '/a#b'}",
        "item | {'url': 'http://h', 'item': '/people'}",
        "item | {'url': 'http://h', 'item': '/{id}/{id}'}",
        "item | {'url': 'http://h', 'item': '@evil.example/{id}'}",
        "item | {'url': 'http://h', 'item': '/../{id}'}",
        "writes | {'url': 'http://h', 'writes': 'always'}",
        "versions | {'url': 'http://h', 'versions': 'v1'}",
        "ids | {'url': 'http://h', 'writes': 'unconditional', 'ids': 'uuid'}",
        "methods.create | {'url': 'http://h', 'methods': {'create': 'GET'}}",
        "methods.delete | {'url': 'http://h', 'methods': {'delete': 'PURGE'}}",
        "items-in | {'url': 'http://h', 'items-in': 'a..b'}",
        "total-in | {'url': 'http://h', 'total-in': 'a', 'total-header': 'X-Total'}",
        "paging.style | {'url': 'http://h', 'paging': {'style': 'pages'}}",
        "paging.next-in | {'url': 'http://h', 'paging': {'style': 'cursor'}}",
        "filters.a:in | {'url': 'http://h', 'filters': {'a:in': 'a'}}",
        "filters.a:is | {'url': 'http://h', 'filters': {'a:is': 'a'}}",
        "filters.a..b | {'url': 'http://h', 'filters': {'a..b': 'a'}}",
        "sort.fields | {'url': 'http://h', 'sort': {'parameter': 'sort'}}",
        "headers.X Y | {'url': 'http://h', 'headers': {'X Y': 'a'}}",
        "headers.X | {'url': 'http://h', 'headers': {'X': 'a\\r\\nb: secret'}}",
        "headers.Host | {'url': 'http://h', 'headers': {'Host': 'secret'}}",
        "headers.x | {'url': 'http://h', 'headers': {'X': 'a', 'x': 'b'}}",
        "bearer | {'url': 'http://h', 'bearer': 'secret\\n'}",
        "bearer | {'url': 'http://h', 'bearer': 'secret', 'basic': {'user': 'secret'}}",
        "basic | {'url': 'http://h', 'headers': {'authorization': 'a'}, 'basic': {'user': 'a'}}",
        "basic.user | {'url': 'http://h', 'basic': {'password': 'secret'}}",
        "basic.user | {'url': 'http://h', 'basic': {'user': 'a:b'}}",
        "timeout | {'url': 'http://h', 'timeout': '0s'}",
        "connect-timeout | {'url': 'http://h', 'connect-timeout': '2h'}",
        "max-answer-size | {'url': 'http://h', 'max-answer-size': '1'}",
        "max-answer-size | {'url': 'http://h', 'max-answer-size': '200MB'}",
        "breaker.failure-rate | {'url': 'http://h', 'breaker': {'failure-rate': 101}}"
      })
  void open_when_a_setting_is_wrong_says_which(String key, String settings) {
    TestContext context = TestContext.of(Stores.json(settings), Path.of(""));
    assertThatThrownBy(() -> new HttpService().open(context))
        .isInstanceOfSatisfying(
            SettingException.class,
            mistake -> {
              assertThat(mistake.key()).isEqualTo(key);
              assertThat(mistake).hasMessageNotContainingAny("secret", "example.com/a");
            });
  }

  @Test
  void open_when_resources_are_reached_alike_shares_connections() throws Exception {
    HttpService service = new HttpService();
    try (ScriptedServer server = ScriptedServer.answering(ScriptedServer.json(404, "{}"));
        var first = service.open(Stores.context(server.url(), "{'list': '/a'}"));
        var second = service.open(Stores.context(server.url(), "{'list': '/b', 'bearer': 'b'}"))) {
      assertThat(first.get("a")).isEmpty();
      assertThat(second.get("a")).isEmpty();
      assertThat(server.connections()).isEqualTo(1);
    }
  }
}
