package dev.backplane.core.mapping;

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

  static final Key.YesNo COUNT =
      new Key.YesNo("count", "Whether a list says how many items there are in all.", true);

  static final Key.Operations DISABLED =
      new Key.Operations("disabled", "The operations that no client may use.");

  static final Key.Group SETTINGS =
      new Key.Group(
          "settings",
          "What the service gets to read; which settings there are, its plugin says.",
          "a group of settings");

  static final List<Key<?>> TOP = List.of(MAX_BODY_SIZE, CURSOR_SECRET, SERVICES, RESOURCES);

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
          DISABLED,
          SETTINGS);

  private Keys() {}
}
