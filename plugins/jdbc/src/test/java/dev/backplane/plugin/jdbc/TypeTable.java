package dev.backplane.plugin.jdbc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A type of column, values that it keeps, and values that it refuses: in JSON with single quotes.
 */
record TypeTable(String name, List<Kept> kept, List<String> refused) {
  /** A value, and how it is shown. */
  record Kept(String written, String shown) {}

  private TypeTable(String name) {
    this(name, new ArrayList<>(), new ArrayList<>());
  }

  private TypeTable keeps(String... values) {
    Arrays.stream(values).forEach(value -> kept.add(new Kept(value, value)));
    return this;
  }

  private TypeTable shows(String written, String shown) {
    kept.add(new Kept(written, shown));
    return this;
  }

  private TypeTable refuses(String... values) {
    refused.addAll(List.of(values));
    return this;
  }

  static List<TypeTable> of(TestDatabase database) {
    List<TypeTable> types = new ArrayList<>(common());
    switch (database) {
      case H2 -> types.addAll(ofH2());
      case POSTGRESQL -> types.addAll(ofPostgresql());
      case MARIADB -> types.addAll(ofMariadb());
      case SQLITE -> {
        return ofSqlite();
      }
    }
    return types;
  }

  private static List<TypeTable> common() {
    return List.of(
        new TypeTable("smallint")
            .keeps("0", "-32768", "32767")
            .refuses("32768", "1.5", "'1'", "true", "[]"),
        new TypeTable("integer").keeps("2147483647", "-2147483648").refuses("2147483648", "1e10"),
        new TypeTable("bigint")
            .keeps("9223372036854775807", "-9223372036854775808", "9007199254740993")
            .refuses("9223372036854775808", "0.5"),
        new TypeTable("decimal(10, 2)")
            .keeps("12.34", "-0.01", "99999999.99", "5")
            .shows("1e3", "1000")
            .refuses("0.005", "100000000", "'x'", "1e400"),
        new TypeTable("decimal(38, 0)").keeps("12345678901234567890123456789012345678"),
        new TypeTable("double precision")
            .keeps("0.1", "-2.5", "1e100", "12345.678")
            .refuses("0.12345678901234567890123", "1e400", "'x'"),
        new TypeTable("boolean").keeps("true", "false").refuses("1", "'true'"),
        new TypeTable("varchar(20)")
            .keeps("''", "'null'", "' a '", "'ü-漢-😀'", "'`%_!'")
            .refuses("'123456789012345678901'", "1", "{}"),
        new TypeTable("char(5)").keeps("'abc'", "''", "'abcde'").refuses("'abc '", "'abcdef'"),
        new TypeTable("date")
            .keeps("'2026-01-31'", "'1999-12-31'")
            .refuses("'2026-02-30'", "'today'", "'2026-01-31T00:00:00'", "20260131"));
  }

  private static List<TypeTable> ofPostgresql() {
    return List.of(
        new TypeTable("numeric")
            .keeps("12345678901234567890123456789012345678.901234567890", "0.000000001"),
        new TypeTable("real").keeps("0.1", "1.5").refuses("0.123456789"),
        new TypeTable("timestamptz")
            .shows("'2026-01-31T10:15:30Z'", "'2026-01-31T10:15:30.000000Z'")
            .shows("'2026-01-31T10:15:30.5+02:00'", "'2026-01-31T08:15:30.500000Z'")
            .keeps("'infinity'", "'-infinity'")
            .refuses("'2026-01-31T10:15:30'", "'2026-01-31T10:15:30.1234567Z'"),
        new TypeTable("timestamp(3)")
            .shows("'2026-01-31T10:15:30'", "'2026-01-31T10:15:30.000'")
            .refuses("'2026-01-31T10:15:30Z'", "'2026-01-31T10:15:30.1234'"),
        new TypeTable("time(0)").keeps("'10:15:30'").refuses("'25:00:00'", "'10:15:30.5'"),
        new TypeTable("uuid")
            .keeps("'01890a5d-ac96-774b-bcce-b302099a8057'")
            .shows(
                "'01890A5D-AC96-774B-BCCE-B302099A8057'", "'01890a5d-ac96-774b-bcce-b302099a8057'")
            .refuses("'x'", "'01890a5dac96774bbcceb302099a8057'"),
        new TypeTable("jsonb").keeps("{'a': [1, 2.50, null, true]}", "[]", "'text'", "7"),
        new TypeTable("json").keeps("{'a': {'b': 1e20}}", "'x'"),
        new TypeTable("bytea").keeps("''", "'AAEC/w=='").refuses("'A'", "'*'", "'AAE'"),
        new TypeTable("integer[]").keeps("[]", "[1, 2, null]").refuses("1", "['x']", "[[1]]"),
        new TypeTable("text[]").keeps("['a', 'b,\\\\c', '', null, 'null', '{}']"),
        new TypeTable("boolean[]").keeps("[true, false]"),
        new TypeTable("uuid[]").keeps("['01890a5d-ac96-774b-bcce-b302099a8057']"),
        new TypeTable("inet").keeps("'10.0.0.1'", "'10.0.0.0/8'").refuses("'x'"),
        new TypeTable("interval").keeps("'1 day'").refuses("'x'"));
  }

  private static List<TypeTable> ofH2() {
    return List.of(
        new TypeTable("real").keeps("0.1", "1.5").refuses("0.123456789"),
        new TypeTable("decfloat(30)").keeps("0.123456789012345678901234567890"),
        new TypeTable("timestamp with time zone")
            .shows("'2026-01-31T10:15:30.5+02:00'", "'2026-01-31T08:15:30.500000Z'")
            .refuses("'2026-01-31T10:15:30'", "'2026-01-31T10:15:30.1234567Z'"),
        new TypeTable("timestamp(9)")
            .shows("'2026-01-31T10:15:30'", "'2026-01-31T10:15:30.000000000'")
            .refuses("'2026-01-31T10:15:30Z'"),
        new TypeTable("time(3)").shows("'10:15:30'", "'10:15:30.000'").refuses("'25:00:00'"),
        new TypeTable("uuid").keeps("'01890a5d-ac96-774b-bcce-b302099a8057'").refuses("'x'"),
        new TypeTable("json").keeps("{'a': [1, 2.50, null, true]}", "[]", "'text'", "7"),
        new TypeTable("varbinary(9)").keeps("''", "'AAEC/w=='").refuses("'A'", "'AAE'"),
        new TypeTable("clob").keeps("'" + "x".repeat(5000) + "'"),
        new TypeTable("blob").keeps("'AAEC/w=='"),
        new TypeTable("integer array").keeps("[]", "[1, 2, null]").refuses("1", "['x']"),
        new TypeTable("varchar(9) array").keeps("['a', 'b,c', '', null]"),
        new TypeTable("enum('a', 'b')").keeps("'a'").refuses("'c'"));
  }

  private static List<TypeTable> ofMariadb() {
    return List.of(
        new TypeTable("float").keeps("0.1", "1.5", "16777216", "0.123457"),
        new TypeTable("bigint unsigned").keeps("18446744073709551615", "0").refuses("-1"),
        new TypeTable("tinyint").keeps("-128", "127").refuses("128"),
        new TypeTable("timestamp(6) null")
            .shows("'2026-01-31T10:15:30.5+02:00'", "'2026-01-31T08:15:30.500000Z'")
            .refuses("'2026-01-31T10:15:30'", "'2026-01-31T10:15:30.1234567Z'"),
        new TypeTable("datetime")
            .keeps("'2026-01-31T10:15:30'")
            .refuses("'2026-01-31T10:15:30Z'", "'2026-01-31T10:15:30.5'"),
        new TypeTable("datetime(3)").shows("'2026-01-31T10:15:30'", "'2026-01-31T10:15:30.000'"),
        new TypeTable("time").keeps("'10:15:30'", "'100:00:00'").refuses("'x'"),
        new TypeTable("uuid").keeps("'01890a5d-ac96-774b-bcce-b302099a8057'").refuses("'x'"),
        new TypeTable("json").keeps("{'a': [1, 2.50, null, true]}", "[]", "'text'", "7"),
        new TypeTable("longtext").keeps("'" + "x".repeat(5000) + "'"),
        new TypeTable("varbinary(9)").keeps("''", "'AAEC/w=='").refuses("'A'", "'AAE'"),
        new TypeTable("blob").keeps("'AAEC/w=='"),
        new TypeTable("enum('a', 'b')").keeps("'a'").refuses("'c'"));
  }

  private static List<TypeTable> ofSqlite() {
    return List.of(
        new TypeTable("integer")
            .keeps("9223372036854775807", "-1")
            .refuses("9223372036854775808", "1.5", "'x'"),
        new TypeTable("decimal(10, 2)")
            .keeps("12.34", "5", "9007199254740993")
            .refuses("12345678901234567890.1"),
        new TypeTable("real").keeps("0.1", "1e100").refuses("'x'"),
        new TypeTable("boolean").keeps("true", "false").refuses("2", "'true'"),
        new TypeTable("text").keeps("''", "'12'", "' a '", "'ü-漢-😀'").refuses("1"),
        new TypeTable("blob").keeps("'AAEC/w=='").refuses("'A'"),
        new TypeTable("json").keeps("{'a': [1, 2.50, null]}", "'x'", "7"),
        new TypeTable("timestamp").keeps("'2026-01-31 10:15:30'", "'whatever it says'"),
        new TypeTable("date").keeps("'2026-01-31'"));
  }
}
