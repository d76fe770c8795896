/** The command line and the HTTP server. */
package dev.backplane.server;
