package dev.nexo.pairing.http.fake;

import dev.nexo.pairing.internal.RecentActivity;
import dev.nexo.pairing.platform.Component;
import java.time.Instant;
import java.util.List;

/** One hour of activity. */
@Component
public class FakeActivity implements RecentActivity {

  @Override
  public Report report() {
    Hour hour = new Hour(Instant.parse("2026-11-01T12:00:00Z"), 5, 4, 3, 2, 1);
    return new Report(1, 2, 3, 4, true, List.of(hour));
  }
}
