/** JSON Schema: reads and checks the files, checks bodies, and tells what is said of fields. */
package dev.backplane.core.schema;
