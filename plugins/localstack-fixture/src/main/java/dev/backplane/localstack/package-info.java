/** LocalStack in a container, for tests. */
package dev.backplane.localstack;
