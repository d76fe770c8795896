package dev.backplane.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
  @Test
  void read_whenRestApi_hasEverything() throws EventException {
    Event event = read(Fixtures.event("rest-api"));
    assertThat(event.format()).isEqualTo(Event.Format.V1);
    assertThat(event.method()).isEqualTo("GET");
    assertThat(event.path()).isEqualTo(new EventPath("/prod", "/api/mocks", false));
    assertThat(event.query()).isEqualTo("name=first&name=second");
    assertThat(event.headers().getFirst("x-forwarded-for")).isEqualTo("127.0.0.1, 127.0.0.2");
    assertThat(event.headers().get("Accept")).containsExactly("application/json");
    assertThat(event.body()).isEmpty();
    assertThat(event.source().address()).isEqualTo("127.0.0.1");
    assertThat(event.source().isSecure()).isTrue();
    assertThat(event.source().caller()).isEqualTo(Caller.NOBODY);
  }

  @Test
  void read_whenConsoleTestWithNulls_hasNothingButMethodAndPath() throws EventException {
    Event event = read(Fixtures.event("rest-api-console-test"));
    assertThat(event.path().inner()).isEqualTo("/api/mocks");
    assertThat(event.query()).isNull();
    assertThat(event.headers().keySet()).isEmpty();
  }

  @Test
  void read_whenHttpApi_hasEverything() throws EventException {
    Event event = read(Fixtures.event("http-api"));
    assertThat(event.format()).isEqualTo(Event.Format.V2);
    assertThat(event.method()).isEqualTo("GET");
    assertThat(event.path()).isEqualTo(new EventPath("", "/api/mocks", true));
    assertThat(event.query()).isEqualTo("parameter1=value1&parameter1=value2&parameter2=value");
    assertThat(event.headers().getFirst("Header2")).isEqualTo("value1,value2");
    assertThat(event.headers().get("Cookie")).containsExactly("cookie1=a; cookie2=b");
    assertThat(event.source().address()).isEqualTo("192.0.2.1");
    assertThat(event.source().caller().name()).isEqualTo("alice");
    assertThat(event.source().caller().claims()).containsEntry("scope", List.of("read"));
  }

  @Test
  void read_whenFunctionUrl_keepsThePathAndHasTheCookiesOnce() throws EventException {
    Event event =
        read(
            """
            {'version':'2.0','rawPath':'/api/users/a%2Fb','requestContext':{
              'http':{'method':'GET','path':'/api/users/a/b'},'stage':'$default',
              'domainName':'abc.lambda-url.us-east-1.on.aws'},
              'cookies':['a=1','b=2'],'headers':{'cookie':'a=1; b=2'}}
            """);
    assertThat(event.format()).isEqualTo(Event.Format.V2);
    assertThat(event.path().uri()).isEqualTo("/api/users/a%2Fb");
    assertThat(event.headers().get("Cookie")).containsExactly("a=1; b=2");
  }

  @Test
  void read_whenHttpApiAsksForFormat1_hasEverything() throws EventException {
    Event event = read(Fixtures.event("http-api-format-1"));
    assertThat(event.format()).isEqualTo(Event.Format.V1);
    assertThat(event.path()).isEqualTo(new EventPath("/prod", "/api/mocks", true));
    assertThat(event.query()).isEqualTo("name=first&name=second");
    assertThat(event.headers().get("Header2")).containsExactly("value1", "value2");
    assertThat(event.source().address()).isEqualTo("192.0.2.1");
    assertThat(event.source().caller()).isEqualTo(Caller.NOBODY);
  }

  @Test
  void read_whenFunctionUrlHasIam_hasTheCaller() throws EventException {
    Event event = read(Fixtures.event("function-url"));
    assertThat(event.path()).isEqualTo(new EventPath("", "/api/mocks", false));
    assertThat(event.query()).isEqualTo("name=one&name=two");
    assertThat(event.source().caller().name())
        .isEqualTo("arn:aws:iam::111122223333:user/example-user");
  }

  @ParameterizedTest
  @EnumSource
  void read_whenRequestHasEverything_isTheSameForEachKind(EventKind kind) throws EventException {
    ClientRequest sent =
        new ClientRequest(
                "PUT",
                "/api/users/a%20%2B%25?q=a%20b%26&age:gt=3",
                List.of(),
                "{\"a\":\"ü-漢-😀\"}".getBytes(StandardCharsets.UTF_8))
            .with("Content-Type", "application/json")
            .with("Cookie", "a=1; b=2");
    Event event = read(kind.event(sent, "alice"));
    assertThat(event.method()).isEqualTo("PUT");
    assertThat(event.path().prefix()).isEmpty();
    assertThat(event.path().inner()).isEqualTo("/api/users/a%20%2B%25");
    assertThat(event.path().wasDecoded()).isEqualTo(!kind.keepsPaths());
    assertThat(event.query())
        .isEqualTo(kind.keepsQueries() ? sent.query() : "q=a%20b%26&age%3Agt=3");
    assertThat(event.headers().get("cookie")).containsExactly("a=1; b=2");
    assertThat(event.headers().get("Content-Length")).containsExactly("19");
    assertThat(event.body()).isEqualTo(sent.body());
    assertThat(event.source().address()).isEqualTo("192.0.2.1");
    assertThat(event.source().isSecure()).isTrue();
    assertThat(event.source().caller().name()).isEqualTo(kind.knowsCallers() ? "alice" : "");
  }

  @Test
  void read_whenQueryWasDecoded_encodesItAgain() throws EventException {
    Event event =
        read(
            """
            {'httpMethod':'GET','path':'/','multiValueQueryStringParameters':{
              'name':['a b','c&d=e','100%','ü','x+y'],'age:gt':['3'],'':[''],'flag':['']}}
            """);
    assertThat(event.query())
        .isEqualTo("name=a%20b&name=c%26d%3De&name=100%25&name=%C3%BC&name=x%2By&age%3Agt=3&flag=");
  }

  @Test
  void read_whenQueryIsRaw_keepsEveryByte() throws EventException {
    assertThat(readHttp("'rawPath':'/','rawQueryString':'a=%zz&&b=+%2B;c'").query())
        .isEqualTo("a=%zz&&b=+%2B;c");
  }

  @Test
  void read_whenSingleValuesOnly_takesThem() throws EventException {
    Event event =
        read(
            """
            {'httpMethod':'GET','path':'/','headers':{'Accept':'text/plain'},
             'queryStringParameters':{'a':'1'}}
            """);
    assertThat(event.headers().get("accept")).containsExactly("text/plain");
    assertThat(event.query()).isEqualTo("a=1");
  }

  @Test
  void read_whenBothForms_mergesThem() throws EventException {
    Event event =
        read(
            """
            {'httpMethod':'GET','path':'/',
             'headers':{'accept':'last','X-Only':'1','X-Null':null},
             'multiValueHeaders':{'Accept':['first','last'],'X-Empty':null},
             'queryStringParameters':{'a':'2','b':'3'},
             'multiValueQueryStringParameters':{'a':['1','2']}}
            """);
    assertThat(event.headers().get("Accept")).containsExactly("first", "last");
    assertThat(event.headers().get("x-only")).containsExactly("1");
    assertThat(event.headers().keySet()).hasSize(2);
    assertThat(event.query()).isEqualTo("a=1&a=2&b=3");
  }

  @Test
  void read_whenHeaderHasCommas_keepsItWhole() throws EventException {
    Event event =
        readHttp("'rawPath':'/','headers':{'if-none-match':'\\\"a\\\", \\\"b\\\",W/\\\"c\\\"'}");
    assertThat(event.headers().get("If-None-Match")).containsExactly("\"a\", \"b\",W/\"c\"");
  }

  @Test
  void read_whenSeveralCookieHeaders_joinsThem() throws EventException {
    Event event =
        read("{'httpMethod':'GET','path':'/','multiValueHeaders':{'Cookie':['a=1; b=2','c=3']}}");
    assertThat(event.headers().get("cookie")).containsExactly("a=1; b=2; c=3");
  }

  @Test
  void read_whenBodyIsText_encodesItInUtf8WhateverTheCharset() throws EventException {
    Event event =
        read(
            """
            {'httpMethod':'POST','path':'/','body':'ü-漢-😀',
             'headers':{'Content-Type':'text/plain; charset=ISO-8859-1','Content-Length':'3'}}
            """);
    assertThat(event.body()).isEqualTo("ü-漢-😀".getBytes(StandardCharsets.UTF_8));
    assertThat(event.headers().get("Content-Length")).containsExactly("11");
  }

  @Test
  void read_whenBodyIsBase64_decodesIt() throws EventException {
    Event event = readHttp("'rawPath':'/','body':'AP/+','isBase64Encoded':true");
    assertThat(event.body()).containsExactly(0x00, 0xFF, 0xFE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'body':'%%','isBase64Encoded':true", "'body':'\\ud800'"})
  void read_whenBodyIsBroken_saysSo(String body) {
    assertThatThrownBy(() -> readHttp("'rawPath':'/'," + body))
        .isInstanceOf(EventException.class)
        .hasMessageContaining("body");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'httpMethod':'GET','path':'/api/mocks'}",
        "{'httpMethod':'GET','path':'/api/mocks','requestContext':null,'isBase64Encoded':null}",
        "{'httpMethod':'GET','path':'/api/mocks','requestContext':{'identity':null,"
            + "'requestTimeEpoch':null},'headers':[],'pathParameters':'?','body':{}}",
        "{'version':'2.0','routeKey':'GET /api/mocks','rawPath':'/api/mocks','requestContext':null}",
      })
  void read_whenPartsAreMissing_isLenient(String json) throws EventException {
    Event event = read(json);
    assertThat(event.method()).isEqualTo("GET");
    assertThat(event.path().uri()).isEqualTo("/api/mocks");
    assertThat(event.source().address()).isEmpty();
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
