/** The AWS Lambda function: an event of AWS in, an answer out, without an HTTP server. */
package dev.backplane.lambda;
