package dev.backplane.core.mapping;

import java.time.Duration;
import java.util.List;

/** Every key of the mapping that is the gateway's own. */
final class Keys {
  /** As {@code Service.name()}; also how entries of services: are named. */
  static final NameRule SERVICE_NAME =
      new NameRule(
          "a-z",
          "a-z0-9-",
          40,
          "the name of a service: at most 40 lower-case letters, digits and dashes, starting with a"
              + " letter");

  static final NameRule RESOURCE_NAME =
      new NameRule(
          "a-z0-9",
          "a-z0-9_-",
          63,
          "at most 63 lower-case letters, digits, - and _, starting with a letter or digit");

  static final NameRule RELATION_NAME =
      new NameRule(
          "a-zA-Z",
          "a-zA-Z0-9_-",
          63,
          "at most 63 letters, digits, - and _, starting with a letter");

  /** Paths under /api that the gateway answers itself. */
  static final List<String> RESERVED = List.of("ping");

  static final Key.Size MAX_BODY_SIZE =
      new Key.Size(
          "max-body-size",
          "The largest body of a request: bytes, or a number with KB or MB, of 1024 and 1024 x 1024"
              + " bytes.",
          1024,
          6 * 1024 * 1024,
          "1MB");

  static final Key.Text CURSOR_SECRET =
      new Key.Text(
          "cursor-secret",
          "Signs the cursors of pages. Set the same one wherever the gateway runs more than once or"
              + " should honour cursors after a restart; when blank, each start makes its own.",
          16,
          true);

  static final Key.Group SERVICES =
      new Key.Group(
          "services",
          "Settings that several resources share, under a name that resources give as their"
              + " service.",
          "a group: a name, and under it settings:");

  static final Key.Group RESOURCES =
      new Key.Group(
          "resources",
          "What is served: each name is a path under /api.",
          "a group of resources, such as \"mocks: memory\"");

  static final Key.Name KIND =
      new Key.Name(
          "service",
          "The service that these settings are for; the name of this entry when left out.",
          SERVICE_NAME);

  static final Key.Group SHARED_SETTINGS =
      new Key.Group(
          "settings",
          "What the service gets to read. A resource's own settings win over these.",
          "a group of settings");

  static final Key.Name SERVICE =
      new Key.Name(
          "service",
          "What answers for the resource: a service that a plugin brings, or an entry of services.",
          SERVICE_NAME);

  static final Key.Text DESCRIPTION =
      new Key.Text("description", "What the resource is, for people.", 0, true);

  static final Key.Text ID =
      new Key.Text(
          "id", "The member of an item that holds its id; \"id\" when left out.", 1, false);

  static final Key.Whole PAGE_SIZE =
      new Key.Whole(
          "page-size", "How many items a list has when the client does not say.", 1, 10_000, 25);

  static final Key.Whole MAX_PAGE_SIZE =
      new Key.Whole("max-page-size", "How many items a client may ask for.", 1, 10_000, 500);

  static final Key.Whole SCAN_LIMIT =
      new Key.Whole(
          "scan-limit",
          "How many items the gateway reads at most to answer one list.",
          1,
          1_000_000,
          10_000);

  static final Key.Choice<Count> COUNT =
      new Key.Choice<>(
          "count",
          "How a list says how many items there are in all: exact, estimated where counting would"
              + " take long, or not at all.",
          Count.class,
          Count.EXACT);

  static final Key.Whole MAX_BULK_SIZE =
      new Key.Whole(
          "max-bulk-size", "How many writes one request to _bulk may have.", 1, 10_000, 100);

  static final Key.Choice<Put> PUT =
      new Key.Choice<>(
          "put",
          "What PUT does with a field that the body leaves out: replace removes it, merge keeps it.",
          Put.class,
          Put.REPLACE);

  static final Key.Choice<DeleteReturns> DELETE_RETURNS =
      new Key.Choice<>(
          "delete-returns",
          "What DELETE answers when the client does not say: nothing, or the deleted item.",
          DeleteReturns.class,
          DeleteReturns.NOTHING);

  static final Key.YesNo REQUIRE_MATCH =
      new Key.YesNo(
          "require-match",
          "Whether PUT, PATCH and DELETE need If-Match, so that nobody overwrites what they have"
              + " not read.",
          false);

  static final Key.Text SCHEMA =
      new Key.Text(
          "schema",
          "A file with the JSON Schema (2020-12) of an item; relative to the mapping.",
          1,
          false);

  static final Key.Choice<UnknownFields> UNKNOWN_FIELDS =
      new Key.Choice<>(
          "unknown-fields",
          "What happens to a field that the schema does not name: allow, refuse or strip it.",
          UnknownFields.class,
          UnknownFields.ALLOW);

  static final Key.Texts READ_ONLY =
      new Key.Texts("read-only", "The fields that no client may set, as dotted paths.");

  static final Key.Texts WRITE_ONLY =
      new Key.Texts("write-only", "The fields that no client gets to see, as dotted paths.");

  static final Key.Text CACHE_CONTROL =
      new Key.Text(
          "cache-control", "The Cache-Control of what GET answers, such as max-age=60.", 1, false);

  static final Key.Group RELATIONS =
      new Key.Group(
          "relations",
          "What _expand and _embed may follow, by name.",
          "a group of relations, such as \"author: {resource: users, field: authorId}\"");

  static final Key.Name RELATED =
      new Key.Name("resource", "The resource that the relation leads to.", RESOURCE_NAME);

  static final Key.Text FIELD =
      new Key.Text(
          "field",
          "For a relation to one item: the field here that holds the id of that item.",
          1,
          false);

  static final Key.Text FOREIGN_FIELD =
      new Key.Text(
          "foreign-field",
          "For a relation to many items: the field there that holds the id of this item.",
          1,
          false);

  static final Key.Group CORS =
      new Key.Group(
          "cors",
          "Which web pages of other origins may call; none when left out.",
          "a group with origins: in it");

  static final Key.Texts ORIGINS =
      new Key.Texts(
          "origins",
          "Origins such as https://app.example.com; or only \"*\", for pages from anywhere.");

  static final Key.YesNo CREDENTIALS =
      new Key.YesNo(
          "credentials", "Whether browsers may send cookies and credentials along.", false);

  static final Key.Period MAX_AGE =
      new Key.Period(
          "max-age",
          "How long a browser may remember what is allowed.",
          Duration.ZERO,
          Duration.ofDays(1),
          "10m");

  static final Key.Group IDEMPOTENCY =
      new Key.Group(
          "idempotency",
          "Where answers are kept for requests with an Idempotency-Key; such requests are refused"
              + " when left out.",
          "a group with resource: in it");

  static final Key.Name KEEPER =
      new Key.Name(
          "resource",
          "The resource that keeps the answers; it must be writable, and is not served itself.",
          RESOURCE_NAME);

  static final Key.Period EXPIRES_AFTER =
      new Key.Period(
          "expires-after",
          "How long an answer is kept.",
          Duration.ofMinutes(1),
          Duration.ofDays(30),
          "24h");

  static final Key.Operations DISABLED =
      new Key.Operations("disabled", "The operations that no client may use.");

  static final Key.Group SETTINGS =
      new Key.Group(
          "settings",
          "What the service gets to read; which settings there are, its plugin says.",
          "a group of settings");

  /** Roles are told apart by spaces and commas where several stand in one text. */
  static final NameRule ROLE_NAME =
      new NameRule(
          "a-zA-Z0-9",
          "a-zA-Z0-9_:./-",
          100,
          "at most 100 letters, digits, _, :, ., / and -, starting with a letter or digit");

  static final Key.Group ACCESS =
      new Key.Group(
          "access",
          "Who may do what with the resource; what is not allowed here is denied.",
          "a group with roles: in it");

  static final Key.Group ROLES =
      new Key.Group(
          "roles",
          "The operations of each role. Every caller has the role \"anyone\", and one who has proved"
              + " who they are the role \"authenticated\".",
          "a group of roles, such as \"reader: [list, get]\"");

  static final Key.Group ACCESS_FIELDS =
      new Key.Group(
          "fields",
          "The fields that only some roles may read or write, as dotted paths.",
          "a group of fields, such as \"salary: {read: [hr], write: [hr]}\"");

  static final Key.Texts READERS =
      new Key.Texts(
          "read", "The roles that may read the field; all who see the item when left out.");

  static final Key.Texts WRITERS =
      new Key.Texts(
          "write", "The roles that may write the field; all who write the item when left out.");

  static final Key.Group OWNER =
      new Key.Group(
          "owner",
          "Only the owner of an item sees it: the caller whose claim has the value of the field.",
          "a group, such as \"{field: owner, claim: sub}\"");

  static final Key.Text OWNER_FIELD =
      new Key.Text("field", "The field that holds the owner; \"owner\" when left out.", 1, false);

  static final Key.Text CLAIM =
      new Key.Text(
          "claim",
          "The claim of the caller that the field holds; \"sub\", who they are, when left out.",
          1,
          false);

  static final Key.Texts EXCEPT =
      new Key.Texts("except", "The roles that see and write the items of all owners.");

  static final Key.Group RULES =
      new Key.Group(
          "rules",
          "Expressions (CEL) over caller and item that must be true.",
          "a group with read: or write: in it, each an expression");

  static final Key.Text READ_RULE =
      new Key.Text("read", "Must be true for an item to be seen.", 1, false);

  static final Key.Text WRITE_RULE =
      new Key.Text(
          "write", "Must be true of an item to be written, as it was and as it will be.", 1, false);

  static final Key.Choice<DefaultAccess> DEFAULT_ACCESS =
      new Key.Choice<>(
          "default-access",
          "Who may use a resource without access rules of its own. When left out: anyone, or with"
              + " authentication only callers who have proved who they are, or none as soon as any"
              + " resource has rules.",
          DefaultAccess.class,
          DefaultAccess.NONE);

  static final Key.Group AUTHENTICATION =
      new Key.Group(
          "authentication",
          "How callers of the server prove who they are; API Gateway's authorizer does it for the"
              + " function.",
          "a group with jwt:, api-keys: or proxy: in it");

  static final Key.Text ROLES_CLAIM =
      new Key.Text(
          "roles-claim",
          "The claim that holds a caller's roles; \"roles\" when left out.",
          1,
          false);

  static final Key.Groups JWT =
      new Key.Groups(
          "jwt",
          "The issuers of the tokens that are taken.",
          "a list of groups with issuer: in each");

  static final Key.Text ISSUER =
      new Key.Text("issuer", "The claim iss of the issuer's tokens, to the letter.", 1, false);

  static final Key.Texts AUDIENCE =
      new Key.Texts("audience", "The values of the claim aud of which a token must have one.");

  static final Key.Text JWKS =
      new Key.Text(
          "jwks",
          "Where the issuer's keys are: an https URL, or a file relative to the mapping.",
          1,
          false);

  static final Key.Texts ALGORITHMS =
      new Key.Texts("algorithms", "How tokens may be signed; RS256 and ES256 when left out.");

  static final Key.Period CLOCK_SKEW =
      new Key.Period(
          "clock-skew",
          "How far the issuer's clock may be off.",
          Duration.ZERO,
          Duration.ofMinutes(10),
          "30s");

  static final Key.Text API_KEYS =
      new Key.Text(
          "api-keys",
          "The file with the hashes of the keys that are taken; relative to the mapping.",
          1,
          false);

  static final Key.Group PROXY =
      new Key.Group(
          "proxy",
          "A proxy that has found out who is calling, by mutual TLS for example, and says so in"
              + " headers.",
          "a group with trusted: and subject-header: in it");

  static final Key.Texts TRUSTED =
      new Key.Texts("trusted", "The addresses or networks that the proxy calls from.");

  static final Key.Text SUBJECT_HEADER =
      new Key.Text("subject-header", "The header in which the proxy names the caller.", 1, false);

  static final Key.Text ROLES_HEADER =
      new Key.Text(
          "roles-header", "The header in which the proxy lists the caller's roles.", 1, false);

  static final Key.Texts TRUSTED_PROXIES =
      new Key.Texts(
          "trusted-proxies",
          "The addresses or networks of the proxies before the server. Whose request it is, they"
              + " say in X-Forwarded-For; nobody else is believed.");

  static final Key.Group RATE_LIMITS =
      new Key.Group(
          "rate-limits",
          "How often callers and addresses may ask the server; in front of the function, API"
              + " Gateway sees to it.",
          "a group with caller: or address: in it, such as \"caller: 600 in 1m\"");

  static final Key.Rate CALLER_LIMIT =
      new Key.Rate("caller", "What each caller has who is known, such as 600 in 1m.");

  static final Key.Group ROLE_LIMITS =
      new Key.Group(
          "roles",
          "What callers with a role have instead; of several, whichever allows most.",
          "a group of roles, such as \"partner: 6000 in 1m\"");

  static final Key.Rate ADDRESS_LIMIT =
      new Key.Rate(
          "address",
          "What each address has, or each network /64 of IPv6, whoever calls from it, such as 1200"
              + " in 1m.");

  static final List<Key<?>> TOP =
      List.of(
          MAX_BODY_SIZE,
          CURSOR_SECRET,
          CORS,
          AUTHENTICATION,
          DEFAULT_ACCESS,
          RATE_LIMITS,
          TRUSTED_PROXIES,
          IDEMPOTENCY,
          SERVICES,
          RESOURCES);

  static final List<Key<?>> OF_AUTHENTICATION = List.of(ROLES_CLAIM, JWT, API_KEYS, PROXY);

  static final List<Key<?>> OF_JWT = List.of(ISSUER, AUDIENCE, JWKS, ALGORITHMS, CLOCK_SKEW);

  static final List<Key<?>> OF_PROXY = List.of(TRUSTED, SUBJECT_HEADER, ROLES_HEADER);

  static final List<Key<?>> OF_RATE_LIMITS = List.of(CALLER_LIMIT, ROLE_LIMITS, ADDRESS_LIMIT);

  static final List<Key<?>> OF_ACCESS = List.of(ROLES, ACCESS_FIELDS, OWNER, RULES);

  static final List<Key<?>> OF_FIELD_ACCESS = List.of(READERS, WRITERS);

  static final List<Key<?>> OF_OWNER = List.of(OWNER_FIELD, CLAIM, EXCEPT);

  static final List<Key<?>> OF_RULES = List.of(READ_RULE, WRITE_RULE);

  static final List<Key<?>> OF_CORS = List.of(ORIGINS, CREDENTIALS, MAX_AGE);

  static final List<Key<?>> OF_IDEMPOTENCY = List.of(KEEPER, EXPIRES_AFTER);

  static final List<Key<?>> OF_RELATION = List.of(RELATED, FIELD, FOREIGN_FIELD);

  static final List<Key<?>> OF_SERVICE = List.of(KIND, SHARED_SETTINGS);

  static final List<Key<?>> OF_RESOURCE =
      List.of(
          SERVICE,
          DESCRIPTION,
          ID,
          PAGE_SIZE,
          MAX_PAGE_SIZE,
          SCAN_LIMIT,
          COUNT,
          MAX_BULK_SIZE,
          PUT,
          DELETE_RETURNS,
          REQUIRE_MATCH,
          SCHEMA,
          UNKNOWN_FIELDS,
          READ_ONLY,
          WRITE_ONLY,
          CACHE_CONTROL,
          RELATIONS,
          DISABLED,
          ACCESS,
          SETTINGS);

  private Keys() {}
}
