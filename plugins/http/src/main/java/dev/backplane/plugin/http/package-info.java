/** Items of an existing REST service; only {@link HttpService} is for others. */
package dev.backplane.plugin.http;
