/** The AWS Lambda function: an event of API Gateway in, an answer out, without an HTTP server. */
package dev.backplane.lambda;
