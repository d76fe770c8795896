package dev.backplane.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          date         ! 2024-02-29 0000-01-01
          date-time    ! 2026-01-31T10:30:00Z 2026-01-31t23:59:60.123456789+05:30
          time         ! 10:30:00Z 00:00:00.5-23:59
          duration     ! P1Y2M3DT4H5M6S P3W PT1S P1D
          email        ! ann@example.com a.b+c@x.example _x@localhost ü@example.com
          hostname     ! example.com a 1.2 xn--bcher-kva.example
          ipv4         ! 0.0.0.0 255.255.255.255
          ipv6         ! :: ::1 1:: 2001:db8::1 1:2:3:4:5:6:7:8 ::ffff:192.0.2.1 1:2:3:4:5:6:192.0.2.1
          uri          ! https://example.com/a?b#c urn:uuid:x mailto:a@b
          uri-reference ! /a/b a#b ? https://x
          uuid         ! 123e4567-e89b-12d3-a456-426614174000 00000000-0000-0000-0000-00000000000A
          json-pointer ! /a /a~1b/~0
          regex        ! ^a$ [[a] \\d+ (?=x)
          """)
  void format_takesWhatHasIt(String format, String texts) {
    for (String text : texts.split(" ")) {
      assertThat(has(format, text)).as("%s: %s", format, text).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          date         ! 2023-02-29 2026-1-1 +2026-01-01 20260101 2026-01-01Z 2026-13-01 ２０２６-01-01
          date-time    ! 2026-01-31 2026-01-31T10:30Z 2026-01-31T10:30:00 2026-02-30T10:30:00Z 2026-01-31T24:00:00Z
          time         ! 10:30:00 10:30Z 25:00:00Z 10:60:00Z
          duration     ! P PT 1D P1DT P1S P1H PT1D
          email        ! a@ @a a a@b@c.de. a..b@c.de .a@b.de a@-b.de a@b_c.de a"@b.de
          hostname     ! -a a- a..b .a a. a_b
          ipv4         ! 1.2.3 1.2.3.4.5 256.1.1.1 01.2.3.4 1.2.3.x
          ipv6         ! : ::: 1::2::3 1:2:3:4:5:6:7 1:2:3:4:5:6:7:8:9 12345:: g:: ::1.2.3 1.2.3.4::1 ::1%eth0 1:2:3:4:5:6:7::8:9
          uri          ! /a a http://[ http://ä.example
          uri-reference ! ä [ http://%zz
          uuid         ! 123e4567e89b12d3a456426614174000 123e4567-e89b-12d3-a456-42661417400g {x}
          json-pointer ! a /~2 /~
          regex        ! ( [a a** (?<
          """)
  void format_refusesWhatHasItNot(String format, String texts) {
    for (String text : texts.split(" ")) {
      assertThat(has(format, text)).as("%s: %s", format, text).isFalse();
    }
  }

  @Test
  void format_isNotTested_whenItIsNotKnown() {
    assertThat(Formats.find("colour")).isEmpty();
  }

  private static boolean has(String format, String text) {
    return Formats.find(format).orElseThrow().test().test(text);
  }
}
