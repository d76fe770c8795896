package dev.backplane.core.schema;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The formats that are tested. JSON Schema leaves it open whether {@code format} is more than a
 * remark; whoever writes {@code "format": "email"} expects that nothing else gets in.
 */
final class Formats {
  /**
   * A format.
   *
   * @param test whether a text has it
   * @param words what a text should be
   */
  record Format(Predicate<String> test, String words) {}

  private static final int MOST_HOST = 253;
  private static final int MOST_LOCAL_PART = 64;

  private static final Pattern TIME =
      Pattern.compile(
          "(?:[01]\\d|2[0-3]):[0-5]\\d:(?:[0-5]\\d|60)(?:\\.\\d{1,18})?"
              + "(?:[Zz]|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)");
  private static final Pattern DURATION =
      Pattern.compile(
          "P(?!$)(?:\\d+W|(?:\\d+Y)?(?:\\d+M)?(?:\\d+D)?(?:T(?=\\d)(?:\\d+H)?(?:\\d+M)?(?:\\d+S)?)?)");
  private static final Pattern LOCAL_PART =
      Pattern.compile(
          "[^\\s\\p{Cntrl}@\"(),:;<>\\[\\].\\\\]+(?:\\.[^\\s\\p{Cntrl}@\"(),:;<>\\[\\].\\\\]+)*+");
  private static final Pattern HOST =
      Pattern.compile(
          "(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*+");
  private static final Pattern BYTE = Pattern.compile("25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d");
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{1,4}");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern POINTER =
      Pattern.compile("(?:/(?:[^~/]|~[01])*+)*+", Pattern.DOTALL);

  private static final Map<String, Format> BY_NAME =
      Map.ofEntries(
          Map.entry("date", new Format(Formats::isDate, "a date such as 2026-01-31")),
          Map.entry(
              "date-time",
              new Format(Formats::isDateTime, "a date with a time such as 2026-01-31T10:30:00Z")),
          Map.entry(
              "time", new Format(text -> TIME.matcher(text).matches(), "a time such as 10:30:00Z")),
          Map.entry(
              "duration",
              new Format(text -> DURATION.matcher(text).matches(), "a duration such as P1DT12H")),
          Map.entry("email", new Format(Formats::isEmail, "an email address")),
          Map.entry("hostname", new Format(Formats::isHost, "the name of a host")),
          Map.entry("ipv4", new Format(Formats::isIpv4, "an IPv4 address such as 192.0.2.1")),
          Map.entry("ipv6", new Format(Formats::isIpv6, "an IPv6 address such as 2001:db8::1")),
          Map.entry(
              "uri",
              new Format(text -> isUri(text, true), "a URI such as https://example.com/path")),
          Map.entry(
              "uri-reference", new Format(text -> isUri(text, false), "a URI or a relative one")),
          Map.entry(
              "uuid",
              new Format(
                  text -> UUID.matcher(text).matches(),
                  "a UUID such as 123e4567-e89b-12d3-a456-426614174000")),
          Map.entry(
              "json-pointer",
              new Format(text -> POINTER.matcher(text).matches(), "a JSON Pointer such as /a/0")),
          Map.entry("regex", new Format(Formats::isRegex, "a regular expression")));

  private Formats() {}

  /** A format by its name; empty for one that is not tested. */
  static Optional<Format> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  private static boolean isDate(String text) {
    // parse would also take years of more than four digits
    if (text.length() != 10) {
      return false;
    }
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeException not) {
      return false;
    }
  }

  private static boolean isDateTime(String text) {
    return text.length() > 11
        && (text.charAt(10) == 'T' || text.charAt(10) == 't')
        && isDate(text.substring(0, 10))
        && TIME.matcher(text.substring(11)).matches();
  }

  private static boolean isEmail(String text) {
    int at = text.lastIndexOf('@');
    return at > 0
        && at <= MOST_LOCAL_PART
        && LOCAL_PART.matcher(text.substring(0, at)).matches()
        && isHost(text.substring(at + 1));
  }

  private static boolean isHost(String text) {
    return text.length() <= MOST_HOST && HOST.matcher(text.toLowerCase(Locale.ROOT)).matches();
  }

  private static boolean isIpv4(String text) {
    String[] bytes = text.split("\\.", 5);
    if (bytes.length != 4) {
      return false;
    }
    for (String each : bytes) {
      if (!BYTE.matcher(each).matches()) {
        return false;
      }
    }
    return true;
  }

  /** RFC 4291, section 2.2, without a zone. */
  private static boolean isIpv6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text) == 8;
    }
    int before = gap == 0 ? 0 : groups(text.substring(0, gap));
    int after = gap + 2 == text.length() ? 0 : groups(text.substring(gap + 2));
    boolean ipv4First = gap > 0 && text.substring(0, gap).contains(".");
    return before >= 0 && after >= 0 && before + after <= 7 && !ipv4First;
  }

  /** How many groups of 16 bits a text has; far less than none when it is not made of groups. */
  private static int groups(String text) {
    String[] groups = text.split(":", 10);
    int count = 0;
    for (int i = 0; i < groups.length; i++) {
      if (i == groups.length - 1 && isIpv4(groups[i])) {
        count += 2;
      } else if (HEX.matcher(groups[i]).matches()) {
        count++;
      } else {
        return -100;
      }
    }
    return count;
  }

  private static boolean isUri(String text, boolean absolute) {
    if (text.chars().anyMatch(c -> c >= 0x80)) {
      return false;
    }
    try {
      return new URI(text).isAbsolute() || !absolute;
    } catch (URISyntaxException not) {
      return false;
    }
  }

  private static boolean isRegex(String text) {
    try {
      SafePattern.compile(text);
      return true;
    } catch (PatternSyntaxException not) {
      return false;
    }
  }
}
