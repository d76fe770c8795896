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

  static final List<Key<?>> TOP =
      List.of(MAX_BODY_SIZE, CURSOR_SECRET, CORS, IDEMPOTENCY, SERVICES, RESOURCES);

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
          SETTINGS);

  private Keys() {}
}
