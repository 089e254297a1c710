package dev.nexo.pairing.database;

import dev.nexo.pairing.internal.LogMessage;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.lang.System.Logger;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Finds a data source of the server by its JNDI name. */
final class ServerDataSource {

  private static final Logger LOG = System.getLogger(ServerDataSource.class.getName());

  private ServerDataSource() {}

  /**
   * Returns the data source with this name.
   *
   * @throws IllegalStateException if it is missing, is not PostgreSQL, or is transactional: it
   *     would join the caller's transaction, whose rollback would undo an approval
   */
  @SuppressWarnings("BanJNDI") // the name is the operator's own, from the configuration
  static DataSource find(String name) {
    try {
      DataSource found = InitialContext.doLookup(name);
      try (Connection connection = found.getConnection()) {
        String product = connection.getMetaData().getDatabaseProductName();
        if (!product.equals("PostgreSQL")) {
          throw refused(name, "is " + product + ", where PostgreSQL is needed", null);
        }
        if (connection.getNetworkTimeout() == 0) {
          LogMessage.DATA_SOURCE_WITHOUT_TIMEOUT.log(LOG, name);
        }
      }
      if (joinsTransactions(found)) {
        throw refused(
            name, "is transactional; give its <dataSource> transactional=\"false\"", null);
      }
      return found;
    } catch (NamingException | ClassCastException e) {
      throw refused(name, "is no data source of this server", e);
    } catch (SQLException | NotSupportedException | SystemException e) {
      throw refused(name, "does not answer: " + e.getMessage(), e);
    }
  }

  /**
   * Returns whether connections join a transaction, by a test: only one that does not join can
   * commit by itself.
   */
  @SuppressWarnings("BanJNDI") // the name is a constant, and java:comp never leaves the server
  private static boolean joinsTransactions(DataSource source)
      throws NamingException, NotSupportedException, SystemException, SQLException {
    UserTransaction transaction = InitialContext.doLookup("java:comp/UserTransaction");
    transaction.begin();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      // A transactional connection joins the transaction here.
      statement.execute("SELECT 1");
      connection.commit();
      connection.setAutoCommit(true);
      return false;
    } catch (SQLException e) {
      return true;
    } finally {
      transaction.rollback();
    }
  }

  private static IllegalStateException refused(String name, String fault, Exception cause) {
    return new IllegalStateException("pairing.storage.jndi: " + name + " " + fault, cause);
  }
}
