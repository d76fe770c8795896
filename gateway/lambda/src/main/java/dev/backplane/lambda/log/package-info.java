/** What the function writes into its log: SLF4J's lines as JSON, one event each. */
package dev.backplane.lambda.log;
