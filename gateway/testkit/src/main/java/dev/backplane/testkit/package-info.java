/**
 * The contract that every store keeps, as JUnit tests: extend {@link
 * dev.backplane.testkit.StoreContract} in a plugin's tests.
 */
package dev.backplane.testkit;
