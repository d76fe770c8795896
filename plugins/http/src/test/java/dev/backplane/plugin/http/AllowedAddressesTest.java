package dev.backplane.plugin.http;

import static dev.backplane.plugin.http.Stores.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backplane.plugin.http.AllowedAddresses.RefusedAddressException;
import dev.backplane.spi.Store;
import dev.backplane.spi.StoreException;
import dev.backplane.spi.StoreException.Reason;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses a connection is made to. */
class AllowedAddressesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254", // the metadata of most clouds
        "169.254.170.2", // credentials of containers
        "169.254.0.1",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "0.0.0.0",
        "0.1.2.3",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "fe80::1",
        "ff02::1",
        "fd00:ec2::254",
        "fd00:ec2::23",
        "fd20:ce::254",
        "::ffff:169.254.169.254",
        "::169.254.169.254",
        "64:ff9b::169.254.169.254",
        "64:ff9b:1::169.254.169.254",
        "2002:a9fe:a9fe::1",
        "fe80::5efe:169.254.169.254",
        "2001:db8::5efe:169.254.169.254"
      })
  void resolve_when_no_backend_can_be_there_refuses(String address) throws Exception {
    InetAddress parsed = InetAddress.getByName(address);
    assertThat(AllowedAddresses.isRefused(parsed)).isTrue();
    assertThatThrownBy(() -> resolving(parsed).resolve("host.example"))
        .isInstanceOf(RefusedAddressException.class);
    assertThatThrownBy(() -> resolving(parsed).resolve("host.example", 80))
        .isInstanceOf(RefusedAddressException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "93.184.216.34",
        "::1",
        "fd12:3456::1",
        "2001:db8::1",
        "2002:a00:1::1",
        "64:ff9b::10.0.0.1"
      })
  void resolve_when_a_backend_may_be_there_gives_the_address(String address) throws Exception {
    InetAddress parsed = InetAddress.getByName(address);
    assertThat(resolving(parsed).resolve("host.example")).containsExactly(parsed);
    assertThat(resolving(parsed).resolve("host.example", 8080))
        .singleElement()
        .satisfies(endpoint -> {
          assertThat(endpoint.getAddress()).isEqualTo(parsed);
          assertThat(endpoint.getPort()).isEqualTo(8080);
        });
  }

  @Test
  void resolve_when_one_of_several_addresses_is_refused_refuses_all() throws Exception {
    InetAddress fine = InetAddress.getByName("10.0.0.1");
    InetAddress refused = InetAddress.getByName("169.254.169.254");
    assertThatThrownBy(() -> resolving(fine, refused).resolve("host.example"))
        .isInstanceOf(RefusedAddressException.class);
  }

  @Test
  void resolve_when_there_is_no_address_fails() {
    assertThatThrownBy(() -> resolving().resolve("host.example"))
        .isInstanceOf(UnknownHostException.class)
        .isNotInstanceOf(RefusedAddressException.class);
  }

  /** Each spelling that the machine's resolver may know is looked at after it is resolved. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest",
        "http://[::ffff:169.254.169.254]/latest",
        "http://[::ffff:a9fe:a9fe]/latest",
        "http://[fe80::1]/latest",
        "http://[fd00:ec2::254]/latest",
        "http://2852039166/latest",
        "http://0xa9fea9fe/latest",
        "http://0.0.0.0/latest",
        "http://0/latest",
        "http://[::]/latest"
      })
  void get_when_the_url_is_such_an_address_asks_nobody(String url) {
    try (Store store = Stores.open(url, "{'timeout': '2s'}")) {
      StoreException failure = assertFails(Reason.UNAVAILABLE, () -> store.get("a"));
      // a spelling that this machine does not know is a host that does not exist
      assertThat(failure.getCause()).isInstanceOf(UnknownHostException.class);
    }
  }

  private static AllowedAddresses resolving(InetAddress... addresses) {
    return new AllowedAddresses(
        new DnsResolver() {
          @Override
          public InetAddress[] resolve(String host) {
            return addresses;
          }

          @Override
          public String resolveCanonicalHostname(String host) {
            return host;
          }
        });
  }
}
