/** The HTTP API: from a request to calls of a store, and back. */
package dev.backplane.core.http;
