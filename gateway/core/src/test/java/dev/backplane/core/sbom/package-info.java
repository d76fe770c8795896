/** What holds for the list of libraries in everything that is shipped. */
package dev.backplane.core.sbom;
