/** What the lines of SLF4J become, in the server and in the function. */
package dev.backplane.log;
