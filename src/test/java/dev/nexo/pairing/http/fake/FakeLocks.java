package dev.nexo.pairing.http.fake;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.internal.LoginKey;
import dev.nexo.pairing.internal.LoginLocks;
import dev.nexo.pairing.platform.Component;
import java.time.Duration;
import java.util.List;

/** One account and one token that are locked. */
@Component
public class FakeLocks implements LoginLocks {

  @Override
  public List<Lock> locks() {
    return List.of(
        new Lock("192.0.2.1", LoginKey.Kind.PASSWORD, "operator", Duration.ofMillis(41_500)),
        new Lock("2001:db8:0:1::/64", LoginKey.Kind.TOKEN, null, Duration.ofSeconds(5)));
  }

  @Override
  public int unlock(String addressOrLogin, Actor by) {
    return addressOrLogin.equals("operator") ? 1 : 0;
  }
}
