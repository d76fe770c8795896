/** Items in the tables of SQL databases; only {@link JdbcService} is for others. */
package dev.backplane.plugin.jdbc;
