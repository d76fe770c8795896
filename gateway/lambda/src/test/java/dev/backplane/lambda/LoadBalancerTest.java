package dev.backplane.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoadBalancerTest {
  private static final String ELB = "'requestContext':{'elb':{'targetGroupArn':'arn'}}";

  @Test
  void read_whenMultiValueHeaders_hasEverything() throws EventException {
    Event event = read(Fixtures.event("load-balancer-multi-value"));
    assertThat(event.format()).isEqualTo(Event.Format.ALB_MULTI_VALUE);
    assertThat(event.method()).isEqualTo("POST");
    assertThat(event.path()).isEqualTo(new EventPath("", "/api/mocks/space%20value", false));
    assertThat(event.query())
        .isEqualTo(
            "empty=&encodedPlus=a%2Bb&literalPlus=a+b"
                + "&redirect=https%3A%2F%2Fexample.com%2Fa%2Fb&repeat=one&repeat=two");
    assertThat(event.headers().get("X-Probe")).containsExactly("first", "second");
    assertThat(event.headers().get("Cookie")).containsExactly("session=abc123; theme=dark");
    assertThat(event.body()).isEqualTo("{\"unicode\":\"λ\"}".getBytes(StandardCharsets.UTF_8));
    assertThat(event.source().address()).isEqualTo("198.51.100.18");
    assertThat(event.source().isSecure()).isFalse();
  }

  @Test
  void read_whenSingleValues_hasEverything() throws EventException {
    Event event = read(Fixtures.event("load-balancer"));
    assertThat(event.format()).isEqualTo(Event.Format.ALB);
    assertThat(event.query()).isEqualTo("name=second&q=a%20b");
    assertThat(event.headers().get("Cookie")).containsExactly("name2=value2");
    assertThat(event.source().address()).isEqualTo("72.21.198.66");
    assertThat(event.source().isSecure()).isTrue();
    assertThat(event.body()).isEmpty();
  }

  @Test
  void read_whenHealthCheck_isARequestLikeAnyOther() throws EventException {
    Event event = read(Fixtures.event("load-balancer-health-check"));
    assertThat(event.method()).isEqualTo("GET");
    assertThat(event.path().uri()).isEqualTo("/health/live");
    assertThat(event.query()).isNull();
    assertThat(event.source().address()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "'headers':{}, ALB",
        "'headers':null, ALB",
        "'multiValueHeaders':null, ALB",
        "'multiValueHeaders':{}, ALB_MULTI_VALUE",
      })
  void read_whenThereAreNoHeaders_answersInTheFormThatIsThere(String headers, Event.Format format)
      throws EventException {
    Event event = read("{'httpMethod':'GET','path':'/',%s,%s}".formatted(headers, ELB));
    assertThat(event.format()).isEqualTo(format);
    assertThat(event.headers().keySet()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "'10.0.0.1, 192.0.2.7', 192.0.2.7",
    "'evil, 192.0.2.7:51234', 192.0.2.7",
    "2001:db8::1, 2001:db8::1",
    "'192.0.2.7, [2001:db8::1]:443', 2001:db8::1",
    "'[', ''",
    "'', ''",
  })
  void read_whenForwarded_takesTheAddressThatTheLoadBalancerAdded(String header, String address)
      throws EventException {
    String headers = "'headers':{'x-forwarded-for':'%s'}".formatted(header);
    Event event = read("{'httpMethod':'GET','path':'/',%s,%s}".formatted(headers, ELB));
    assertThat(event.source().address()).isEqualTo(address);
  }

  @Test
  void read_whenQueryIsMalformed_keepsEveryByte() throws EventException {
    String query = "'queryStringParameters':{'a%zz':'%','b':'%2B+;'}";
    assertThat(read("{'httpMethod':'GET','path':'/',%s,%s}".formatted(query, ELB)).query())
        .isEqualTo("a%zz=%&b=%2B+;");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'headers':{'x-amzn-oidc-identity':'alice','x-amzn-oidc-data':'a.b.c'}",
        "'headers':{'authorization':'Bearer a.b.c','x-amzn-mtls-clientcert-subject':'CN=alice'}",
        "'authorizer':{'principalId':'alice'}",
      })
  void read_whenHeadersNameACaller_believesNone(String members) throws EventException {
    Event event = read("{'httpMethod':'GET','path':'/',%s,%s}".formatted(members, ELB));
    assertThat(event.source().caller()).isEqualTo(Caller.NOBODY);
  }

  @Test
  void read_whenBodyIsBase64_decodesIt() throws EventException {
    String body = "'body':'AP/+','isBase64Encoded':true";
    assertThat(read("{'httpMethod':'PUT','path':'/',%s,%s}".formatted(body, ELB)).body())
        .containsExactly(0x00, 0xFF, 0xFE);
  }

  @Test
  void read_whenBodyIsBroken_answersInItsForm() {
    String body = "'body':'%%','isBase64Encoded':true,'multiValueHeaders':{}";
    assertThatThrownBy(() -> read("{'httpMethod':'PUT','path':'/',%s,%s}".formatted(body, ELB)))
        .isInstanceOfSatisfying(
            EventException.class,
            broken -> assertThat(broken.format()).isEqualTo(Event.Format.ALB_MULTI_VALUE));
  }

  private static Event read(String json) throws EventException {
    return new EventReader("")
        .read(new ByteArrayInputStream(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
  }
}
