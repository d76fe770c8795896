package dev.backplane.lambda;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotHttpTest {
  @ParameterizedTest
  @CsvSource({
    "sqs, records of aws:sqs",
    "sns, records of aws:sns",
    "s3, records of aws:s3",
    "dynamodb-stream, records of aws:dynamodb",
    "kafka, records of aws:kafka",
    "schedule, a schedule of EventBridge",
    "event-bridge, an event of EventBridge",
    "rest-api-authorizer, the question of an API Gateway authorizer",
    "http-api-authorizer, the question of an API Gateway authorizer",
    "web-socket, 'an event with [headers, requestContext, isBase64Encoded]'",
    "warm-up, 'an event with [source, concurrency]'",
  })
  void read_whenNotHttp_saysWhatItWas(String fixture, String what) {
    assertThatThrownBy(() -> read(Fixtures.event(fixture)))
        .isInstanceOf(NotHttpException.class)
        .hasMessageContaining("was sent " + what + ".");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "[]", "[{'httpMethod':'GET'}]", "null", "", "{'httpMethod':", "'warm'", "3"})
  void read_whenNotEvenAnEvent_saysSo(String json) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(NotHttpException.class)
        .hasMessageContaining("empty or no JSON object");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'httpMethod':'','path':'/api/mocks'}",
        "{'httpMethod':'','requestContext':{'elb':{'targetGroupArn':'arn:aws:x'}}}",
        "{'requestContext':{'http':{'method':''}},'routeKey':'GET /api/mocks'}",
      })
  void read_whenTheMethodIsEmpty_isNoRequest(String json) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(NotHttpException.class)
        .hasMessageContaining("was sent an event with [");
  }

  @Test
  void read_whenUnknown_saysNoValuesAndStaysOnOneLine() {
    assertThatThrownBy(() -> read("{'password':'secret','a\\nERROR b':1}"))
        .isInstanceOf(NotHttpException.class)
        .hasMessageContaining("[password, a?ERROR b]")
        .hasMessageNotContaining("secret");
  }

  private static Event read(String json) throws EventException {
    return new EventReader("")
        .read(new ByteArrayInputStream(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
  }
}
