package dev.backplane.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EventPathTest {
  @ParameterizedTest
  @CsvSource({
    "/api/users/1, /api/users/1",
    "/api/users/a%2Fb, /api/users/a%2Fb",
    "/api/users/a%20b, /api/users/a%20b",
    "/api/users/100%25, /api/users/100%25",
    "/api/users/100%, /api/users/100%25",
    "/api/users/%zz, /api/users/%25zz",
    "/api/users/%252F, /api/users/%252F",
    "/api/users/ü-漢, /api/users/%C3%BC-%E6%BC%A2",
    "/api/users/a;b, /api/users/a;b",
    "/api/users/, /api/users/",
    "/api//users, /api//users",
  })
  void read_whenPathOfRestApi_keepsItAsSent(String path, String expected) throws EventException {
    assertThat(read("{'httpMethod':'GET','path':'%s'}".formatted(path)).path().uri())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/users/1, /api/users/1",
    "/api/users/a/b, /api/users/a%2Fb",
    "/api/users/a b, /api/users/a%20b",
    "/api/users/100%, /api/users/100%25",
    "/api/users/%2F, /api/users/%252F",
    "/api/users/ü-漢-😀, /api/users/%C3%BC-%E6%BC%A2-%F0%9F%98%80",
    "/api/users/a+b, /api/users/a%2Bb",
    "/api/users/a;b?c, /api/users/a%3Bb%3Fc",
    "/api/users/, /api/users/",
    "/api/users/1/, /api/users/1/",
    "/api/users, /api/users",
    "/api/, /api/",
    "/, /",
  })
  void read_whenPathOfHttpApi_encodesItOnce(String path, String expected) throws EventException {
    assertThat(readHttp("'rawPath':'%s'".formatted(path)).path().uri()).isEqualTo(expected);
    assertThat(
            read("{'version':'1.0','httpMethod':'GET','path':'%s'}".formatted(path)).path().uri())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    // path, stage, domain, prefix, inner
    "/prod/api/users, prod, id.execute-api.eu-west-1.amazonaws.com, /prod, /api/users",
    "/prod/api/users, prod, api.example.com, '', /api/users",
    "/production/api/users, prod, id.execute-api.eu-west-1.amazonaws.com, '', /production/api/users",
    "/api/prod/1, prod, id.execute-api.eu-west-1.amazonaws.com, '', /api/prod/1",
    "/api/users, $default, id.execute-api.eu-west-1.amazonaws.com, '', /api/users",
    "/a.c/api/users, a.c, id.execute-api.eu-west-1.amazonaws.com, /a.c, /api/users",
    "/abc/api/users, a.c, id.execute-api.eu-west-1.amazonaws.com, '', /abc/api/users",
  })
  void read_whenHttpApiHasStage_stripsItAtSegment(
      String path, String stage, String domain, String prefix, String inner) throws EventException {
    Event event =
        read(
            """
            {'rawPath':'%s','requestContext':{
              'http':{'method':'GET'},'stage':'%s','domainName':'%s'}}
            """
                .formatted(path, stage, domain));
    assertThat(event.path().prefix()).isEqualTo(prefix);
    assertThat(event.path().inner()).isEqualTo(inner);
    Event format1 =
        read(
            """
            {'version':'1.0','httpMethod':'GET','path':'%s','requestContext':{
              'stage':'%s','domainName':'%s'}}
            """
                .formatted(path, stage, domain));
    assertThat(format1.path()).isEqualTo(event.path());
  }

  @ParameterizedTest
  @CsvSource({
    // path, what the domain's base path makes of it, route, prefix, inner
    "/v1/api/users/1, /v1/api/users/1, /{proxy+}, api/users/1, /v1, /api/users/1",
    "/v1/api/users/1, /v1/api/users/1, /api/{proxy+}, users/1, /v1, /api/users/1",
    "/a/b/api/users/1, /a/b/api/users/1, /{proxy+}, api/users/1, /a/b, /api/users/1",
    "/v1/api/users/a%2Fb, /v1/api/users/a%2Fb, /{proxy+}, api/users/a%2Fb, /v1, /api/users/a%2Fb",
    "/v1/api/users/a%2Fb, /v1/api/users/a%2Fb, /{proxy+}, api/users/a/b, /v1, /api/users/a%2Fb",
    "/api/users/1, /prod/api/users/1, /{proxy+}, api/users/1, /prod, /api/users/1",
    "/api/users/, /prod/api/users/, /{proxy+}, api/users, /prod, /api/users/",
    "/api/users, /api/users, /{proxy+}, /api/users, '', /api/users",
  })
  void read_whenRestApiHasBasePath_stripsWhatTheRouteDidNotMatch(
      String path, String visible, String route, String proxy, String prefix, String inner)
      throws EventException {
    Event event =
        read(
            """
            {'httpMethod':'GET','path':'%s','resource':'%s','pathParameters':{'proxy':'%s'},
             'requestContext':{'path':'%s','stage':'prod','domainName':'api.example.com'}}
            """
                .formatted(path, route, proxy, visible));
    assertThat(event.path().prefix()).isEqualTo(prefix);
    assertThat(event.path().inner()).isEqualTo(inner);
  }

  @Test
  void read_whenRouteHasNamedParameters_stripsWhatTheRouteDidNotMatch() throws EventException {
    Event event =
        read(
            """
            {'routeKey':'GET /api/{resource}/{id}','rawPath':'/v1/api/users/1',
             'pathParameters':{'resource':'users','id':'1'},
             'requestContext':{'http':{'method':'GET'}}}
            """);
    assertThat(event.path()).isEqualTo(new EventPath("/v1", "/api/users/1", true));
  }

  @Test
  void read_whenToldTheBasePath_stripsItAtSegment() throws EventException {
    EventReader told = new EventReader("/v1/");
    assertThat(told.read(input("{'httpMethod':'GET','path':'/v1/api/users'}")).path())
        .isEqualTo(new EventPath("/v1", "/api/users", false));
    assertThat(told.read(input("{'httpMethod':'GET','path':'/v10/api/users'}")).path())
        .isEqualTo(new EventPath("", "/v10/api/users", false));
  }

  @ParameterizedTest
  @EnumSource
  void read_whenToldTheBasePath_stripsItFromEachKind(EventKind kind) throws EventException {
    EventReader told = new EventReader("/a.c/v1");
    EventReader other = new EventReader("v2"); // the setting is a reader's own, not the JVM's
    Event based = told.read(input(kind.event(ClientRequest.get("/a.c/v1/api/users/1"))));
    assertThat(based.path().uri()).isEqualTo("/a.c/v1/api/users/1");
    assertThat(based.path().prefix()).isEqualTo("/a.c/v1");
    assertThat(other.read(input(kind.event(ClientRequest.get("/v2/api/users")))).path().prefix())
        .isEqualTo("/v2");
    Event longer = told.read(input(kind.event(ClientRequest.get("/a.c/v10/api/users"))));
    assertThat(longer.path().prefix()).isEmpty();
    Event alike = told.read(input(kind.event(ClientRequest.get("/abc/v1/api/users"))));
    assertThat(alike.path().prefix()).isEmpty();
  }

  private static Event readHttp(String members) throws EventException {
    return read("{%s,'requestContext':{'http':{'method':'POST'}}}".formatted(members));
  }

  private static Event read(String json) throws EventException {
    return new EventReader("").read(input(json));
  }

  /** Apostrophes stand for quotation marks, which would be hard to read in Java. */
  private static ByteArrayInputStream input(String json) {
    return new ByteArrayInputStream(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
