/** The gateway without a server: what the server and the Lambda function have in common. */
package dev.backplane.core;
