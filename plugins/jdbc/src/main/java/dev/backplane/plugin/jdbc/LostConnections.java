package dev.backplane.plugin.jdbc;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Which failures the pool has to take for the end of a connection. It knows the standard's codes; a
 * dead connection that it does not know for one is handed out again as long as there is much to do,
 * since only an idle one is tested.
 *
 * @param dialect what knows the database's own codes
 */
record LostConnections(Dialect dialect) implements SQLExceptionOverride {
  // the interface has a type of the annotation's name
  @java.lang.Override
  public SQLExceptionOverride.Override adjudicate(SQLException failure) {
    return Trouble.of(failure, dialect) == Trouble.CONNECTION
        ? SQLExceptionOverride.Override.MUST_EVICT
        : SQLExceptionOverride.Override.CONTINUE_EVICT;
  }
}
