package dev.nexo.pairing.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.AuditEntry;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.internal.LoginKey;
import dev.nexo.pairing.internal.LoginKey.Kind;
import dev.nexo.pairing.internal.LoginLocks;
import dev.nexo.pairing.internal.LoginLocks.Lock;
import dev.nexo.pairing.store.PairingContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Locks that operators end")
class AuditedLocksTest extends PairingContract {

  private static final LoginKey TELEGRAM = login("192.0.2.2", "telegram", true);
  private static final LoginKey OPERATOR_THERE = login("192.0.2.2", "operator", true);
  private static final LoginKey OPERATOR_HERE = login("192.0.2.1", "operator", true);

  private static LoginKey login(String address, String name, boolean known) {
    return new LoginKey(address, Kind.PASSWORD, name, known);
  }

  private LoginLocks locks() {
    return pairing.get(LoginLocks.class);
  }

  private boolean isLocked(LoginKey login) {
    return !pairing.get(FailureLimiter.class).lockedFor(login).isZero();
  }

  private void lock(LoginKey... logins) {
    for (LoginKey login : logins) {
      for (int i = 0; i < 10; i++) {
        pairing.get(FailureLimiter.class).failed(login);
      }
    }
  }

  @Test
  @DisplayName("Locks are listed by address, with the login only if it has an account")
  void listed() {
    lock(TELEGRAM, OPERATOR_HERE, login("192.0.2.3", "a password typed as a name", false));
    List<Lock> locks = locks().locks();
    assertThat(locks).extracting(Lock::address).isSorted().contains("192.0.2.1", "192.0.2.3");
    assertThat(locks).extracting(Lock::login).contains("telegram", "operator", null);
    assertThat(locks.toString()).doesNotContain("typed as a name");
    assertThat(locks).allMatch(lock -> lock.left().toMillis() > 0);
  }

  @Test
  @DisplayName("An address unlocks all its logins, a login that of all addresses; both are audited")
  void unlocked() {
    lock(TELEGRAM, OPERATOR_THERE, OPERATOR_HERE);
    assertThat(locks().unlock("operator", OPERATOR)).isEqualTo(2);
    assertThat(isLocked(OPERATOR_THERE) || isLocked(OPERATOR_HERE)).isFalse();
    assertThat(isLocked(TELEGRAM)).isTrue();
    assertThat(locks().unlock("192.0.2.2", OPERATOR)).isPositive();
    assertThat(isLocked(TELEGRAM)).isFalse();
    assertThat(audit()).extracting(AuditEntry::action).containsExactly("unlocked", "unlocked");
    assertThat(audit()).extracting(AuditEntry::detail).containsExactly("192.0.2.2", "operator");
    assertThat(audit().get(0).actor()).isEqualTo(OPERATOR.name());
  }

  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "192.0.2.7:53122, 192.0.2.7",
    "192.0.2.7/32, 192.0.2.7",
    "::ffff:192.0.2.7, 192.0.2.7",
    "2001:db8::1, 2001:db8::1",
    "2001:DB8::9, 2001:db8::1",
    "[2001:db8::1], 2001:db8::1",
    "[2001:db8::1]:443, 2001:db8::1",
    "[192.0.2.7]:443, 192.0.2.7",
    "2001:db8::/64, 2001:db8::1",
    "2001:db8:0:0::/64, 2001:db8::1",
    "fe80::1%eth0, fe80::1"
  })
  @DisplayName("An address is understood as logs and lists print it")
  void copied(String target, String address) {
    LoginKey login = login(address, "telegram", true);
    lock(login);
    assertThat(locks().unlock(target, OPERATOR)).isPositive();
    assertThat(isLocked(login)).isFalse();
  }

  @Test
  @DisplayName("If nothing is locked, nothing is audited")
  void nothing() {
    for (int i = 0; i < 9; i++) {
      pairing.get(FailureLimiter.class).failed(TELEGRAM);
    }
    for (String target :
        List.of("telegram", "192.0.2.2", "nobody", "192.0.2.0/24", "%", "[telegram]", "")) {
      assertThat(locks().unlock(target, OPERATOR)).as(target).isZero();
    }
    assertThat(audit()).isEmpty();
  }

  @Test
  @DisplayName("No lock ends without an entry in the audit trail")
  void noDatabase() throws SQLException {
    lock(TELEGRAM);
    try (Connection other = outside();
        Statement statement = other.createStatement()) {
      statement.execute("DROP TABLE pairing_audit");
    }
    assertThatThrownBy(() -> locks().unlock("192.0.2.2", OPERATOR))
        .isInstanceOf(StorageUnavailableException.class);
    assertThat(isLocked(TELEGRAM)).isTrue();
  }
}
