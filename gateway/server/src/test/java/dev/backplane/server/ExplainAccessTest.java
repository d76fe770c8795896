package dev.backplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code backplane explain-access} prints. */
class ExplainAccessTest {
  @TempDir private Path directory;

  private String explain(String... options) {
    StringWriter out = new StringWriter();
    String[] args = new String[options.length + 1];
    args[0] = "explain-access";
    System.arraycopy(options, 0, args, 1, options.length);
    PrintWriter writer = new PrintWriter(out, true);
    int code = Main.run(Map.of(), writer, writer, args);
    return code + "\n" + out;
  }

  private String file(String name, String text) throws Exception {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  @Test
  void explain_whenThereAreRules_saysWhatTheyComeTo() throws Exception {
    String mapping =
        file(
            "a.yaml",
            """
            resources:
              notes:
                service: any
                disabled: [delete]
                access:
                  roles: {anyone: [get], reader: [list], admin: [list, delete]}
                  fields: {salary: {read: [hr, admin]}, grade: {write: []}}
                  owner: {claim: email, except: [admin]}
              closed: any
            """);
    assertThat(explain("--mapping", mapping))
        .isEqualTo(
            """
            0
            /api/notes   role anyone   get
            /api/notes   role reader   list, get
            /api/notes   role admin    list, get
            /api/notes   field salary  read by admin, hr; written by all of these
            /api/notes   field grade   read by all of these; written by nobody
            /api/notes   owner         only items whose "owner" is the caller's email; all items for admin
            /api/closed  nobody        has no right to anything
            """);
  }

  @Test
  void explain_whenThereAreNoRules_saysThatEverybodyMayDoAll_orWhoIsKnown() throws Exception {
    String all = "list, get, create, replace, update, delete\n";
    assertThat(explain("--mapping", file("a.yaml", "resources: {a: any}")))
        .isEqualTo("0\n/api/a  role anyone  " + all);
    String asked = "authentication: {api-keys: keys.json}\nresources: {a: any}";
    assertThat(explain("--mapping", file("b.yaml", asked)))
        .isEqualTo(
            "0\ncallers  keys                those in keys.json\n/api/a   role authenticated  "
                + all);
    String said = "default-access: none\nresources: {a: any}";
    assertThat(explain("--mapping", file("c.yaml", said))).contains("nobody");
  }

  @Test
  void explain_whenComparing_saysWhatChanges() throws Exception {
    String before =
        file(
            "a.yaml",
            """
            resources:
              notes: {service: any, access: {roles: {reader: [list, get], x: [list]}}}
              same: {service: any, access: {roles: {reader: [list]}}}
            """);
    String after =
        file(
            "b.yaml",
            """
            resources:
              notes: {service: any, access: {roles: {reader: [list], y: [get]}}}
              same: {service: any, access: {roles: {reader: [list]}}}
            """);
    assertThat(explain("--mapping", after, "--against", before))
        .isEqualTo(
            """
            0
            ~  /api/notes  role reader  list, get -> list
            +  /api/notes  role y       get
            -  /api/notes  role x       list
            """);
    assertThat(explain("--mapping", after, "--against", after)).isEqualTo("0\nnothing changes\n");
  }

  /** A resource whose rules stay is another one when somebody else is let in. */
  @Test
  void explain_whenComparing_saysWhoElseIsLetIn() throws Exception {
    String resources = "resources: {a: {service: any, access: {roles: {admin: [list]}}}}\n";
    String before =
        file(
            "a.yaml",
            """
            authentication:
              jwt: [{issuer: "https://a.example", audience: [b], jwks: keys.json}]
              proxy: {trusted: [10.0.0.1], subject-header: X-Who}
            """
                + resources);
    String after =
        file(
            "b.yaml",
            """
            authentication:
              roles-claim: groups
              jwt: [{issuer: "https://a.example", audience: [b, c], jwks: keys.json}]
              proxy: {trusted: [0.0.0.0/0], subject-header: X-Who, roles-header: X-Roles}
              api-keys: keys.json
            """
                + resources);
    assertThat(explain("--mapping", after, "--against", before).lines())
        .anyMatch(
            line -> line.matches("~ +callers +tokens of https://a.example +for b;.*for b or c;.*"))
        .anyMatch(
            line -> line.contains("in the claim \"roles\" -> ") && line.contains("\"groups\""))
        .anyMatch(line ->
            line.matches(
                "~ +callers +proxy +the word of 10.0.0.1 in X-Who ->"
                    + " the word of 0.0.0.0/0 in X-Who, and of roles in X-Roles"))
        .anyMatch(line -> line.matches("\\+ +callers +keys +those in keys.json"))
        .hasSize(4);
  }

  @Test
  void explain_whenTheMappingIsWrong_saysWhere() throws Exception {
    assertThat(explain("--mapping", file("a.yaml", "resources: {a: {service: b, access: {}}}")))
        .startsWith("2\n")
        .contains("a.yaml:1:", "\"access\" needs \"roles\"");
  }
}
