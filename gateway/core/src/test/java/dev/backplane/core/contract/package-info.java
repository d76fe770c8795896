/**
 * The HTTP contract as tests: what every API client may rely on, on every way into the gateway and
 * over every backend. {@link dev.backplane.core.contract.HttpContract} is the class to extend.
 */
package dev.backplane.core.contract;
