package gitzodb.zodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TidClockTest {
    @ParameterizedTest
    @CsvSource({
        "2024-02-29T12:34:56.789012Z, 03f6dcd2f24cbead",
        "1970-01-01T00:00:00Z, 023c2b0000000000",
        "2038-12-31T23:59:59.999999Z, 0470297fffffffb8"
    })
    void translatesTimesAsPersistentTimestampDoes(String time, String hex) {
        Instant instant = Instant.parse(time);

        assertThat(TidClock.tid(instant).hex()).isEqualTo(hex);
        Instant back = TidClock.time(new Tid(HexFormat.fromHexDigitsToLong(hex)));
        assertThat(back).isBetween(instant.minusNanos(20), instant);
    }

    @Test
    void takesTheTimeOfNowWhenItIsLater() {
        Instant now = Instant.parse("2024-02-29T12:34:56Z");

        assertThat(new TidClock(() -> now).next(Tid.NONE)).isEqualTo(TidClock.tid(now));
    }

    @Test
    void staysAboveTheLastTidWhenTheClockIsBehind() {
        Tid last = TidClock.tid(Instant.parse("2024-02-29T12:34:56Z"));
        TidClock clock = new TidClock(() -> Instant.parse("2001-01-01T00:00:00Z"));

        assertThat(clock.next(last)).isEqualTo(new Tid(last.value() + 1));
    }

    @Test
    void goesOnWithTheNextMinuteOfTheCalendarWhenAMinuteIsFull() {
        Tid full = new Tid(TidClock.tid(Instant.parse("2023-02-28T23:59:00Z")).value() | 0xffff_ffffL);
        TidClock clock = new TidClock(() -> Instant.EPOCH);

        assertThat(clock.next(full)).isEqualTo(TidClock.tid(Instant.parse("2023-03-01T00:00:00Z")));
    }

    @Test
    void givesATimeForTidsThatAreNoDates() {
        Tid february31 =
                new Tid(TidClock.tid(Instant.parse("2023-02-01T00:00:00Z")).value() + ((30L * 24 * 60) << 32));

        assertThat(TidClock.time(february31)).isEqualTo(Instant.parse("2023-03-03T00:00:00Z"));
        assertThat(TidClock.time(new Tid(-1)).truncatedTo(ChronoUnit.DAYS))
                .isAfter(Instant.parse("9900-01-01T00:00:00Z"));
    }
}
