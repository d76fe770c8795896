package dev.backplane.testkit;

import dev.backplane.spi.JsonCodec;
import dev.backplane.spi.Settings;
import dev.backplane.spi.StoreContext;

/** What a service gets to know when the contract opens a store. */
record TestContext(String resource, String idField, Settings settings, JsonCodec json)
    implements StoreContext {}
