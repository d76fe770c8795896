package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {
  private static final ClientAddress BEHIND =
      new ClientAddress(List.of("10.0.0.0/8", "2001:db8:1::/48"));

  private static String found(ClientAddress clients, String peer, String... forwarded)
      throws Exception {
    HttpFields.Mutable headers = HttpFields.build();
    for (String value : forwarded) {
      headers.add("X-Forwarded-For", value);
    }
    byte[] address = clients.of(InetAddress.getByName(peer).getAddress(), headers);
    return InetAddress.getByAddress(address).getHostAddress();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          10.1.1.1     | 192.0.2.1                        | 192.0.2.1
          10.1.1.1     | 192.0.2.1:4711                   | 192.0.2.1
          10.1.1.1     | 6.6.6.6, 192.0.2.1               | 192.0.2.1
          10.1.1.1     | 6.6.6.6,192.0.2.1, 10.9.9.9      | 192.0.2.1
          10.1.1.1     | [2001:db8:2::1]:80               | 2001:db8:2:0:0:0:0:1
          10.1.1.1     | 2001:db8:2::1                    | 2001:db8:2:0:0:0:0:1
          10.1.1.1     | 192.0.2.1, 2001:db8:1:7::1       | 192.0.2.1
          10.1.1.1     | ::ffff:192.0.2.1                 | 192.0.2.1
          10.1.1.1     | 6.6.6.6, unknown                 | 10.1.1.1
          10.1.1.1     | 6.6.6.6,                         | 10.1.1.1
          10.1.1.1     | 6.6.6.6, example.com, 10.9.9.9   | 10.9.9.9
          10.1.1.1     | 10.7.7.7, 10.8.8.8               | 10.7.7.7
          2001:db8:1::9| 192.0.2.1                        | 192.0.2.1
          192.0.2.7    | 192.0.2.1                        | 192.0.2.7
          11.1.1.1     | 10.1.1.1, 192.0.2.1              | 11.1.1.1
          """)
  void of_isTheLastAddressThatAProxyTells(String peer, String forwarded, String expected)
      throws Exception {
    assertThat(found(BEHIND, peer, forwarded)).isEqualTo(expected);
  }

  @Test
  void of_whenTheHeaderIsThereTwice_readsTheLastFirst() throws Exception {
    assertThat(found(BEHIND, "10.1.1.1", "6.6.6.6", "192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(found(BEHIND, "10.1.1.1", "192.0.2.1", "10.9.9.9")).isEqualTo("192.0.2.1");
    assertThat(found(BEHIND, "10.1.1.1")).isEqualTo("10.1.1.1");
  }

  @Test
  void of_whenNoProxyIsTrusted_isThePeer() throws Exception {
    ClientAddress open = new ClientAddress(List.of());
    assertThat(found(open, "10.1.1.1", "192.0.2.1")).isEqualTo("10.1.1.1");
    assertThat(open.isProxy(InetAddress.getByName("10.1.1.1"))).isFalse();
    assertThat(BEHIND.isProxy(InetAddress.getByName("10.1.1.1"))).isTrue();
  }

  @Test
  void number_isOneForANetworkOfIpV6_andForEachAddressOfIpV4() throws Exception {
    assertThat(ClientAddress.of(InetAddress.getByName("2001:db8:2:3::1")))
        .isEqualTo(ClientAddress.of(InetAddress.getByName("2001:db8:2:3:ffff::9")))
        .isNotEqualTo(ClientAddress.of(InetAddress.getByName("2001:db8:2:4::1")));
    assertThat(ClientAddress.of(InetAddress.getByName("192.0.2.1")))
        .isEqualTo(0xC0000201L)
        .isEqualTo(ClientAddress.of(InetAddress.getByName("::ffff:192.0.2.1")))
        .isNotEqualTo(ClientAddress.of(InetAddress.getByName("192.0.2.2")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "256.1.1.1",
        "1..2.3",
        "1.2.3.",
        "0001.2.3.4",
        "a.b.c.d",
        "localhost",
        "1.2.3.4 ",
        "[",
        "[]",
        "[::1",
        "[1.2.3.4",
        ":::",
        "::g",
        "1:2",
        "٣.1.1.1"
      })
  void bytes_whenItIsNone_areEmpty(String text) {
    assertThat(ClientAddress.bytes(text)).isEmpty();
  }

  @Test
  void bytes_mayHaveBracketsPortAndZone() {
    assertThat(ClientAddress.bytes("[::1]")).isPresent();
    assertThat(ClientAddress.bytes("[fe80::1%eth0]:80")).isPresent();
    assertThat(ClientAddress.bytes("fe80::1%1")).isPresent();
    assertThat(ClientAddress.bytes("1.2.3.4:5").orElseThrow()).containsExactly(1, 2, 3, 4);
  }
}
