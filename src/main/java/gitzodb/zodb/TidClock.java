package gitzodb.zodb;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Makes the tids of new transactions, and says what time a tid stands for (zodb-formats §1.4). */
public final class TidClock {
    private static final double UNITS_PER_SECOND = 0x1p32 / 60;
    private static final int MINUTES_PER_DAY = 24 * 60;
    private static final int DAYS_PER_MONTH = 31;
    private static final long LOW_WORD = 0xffff_ffffL;

    private final InstantSource source;

    public TidClock(InstantSource source) {
        this.source = source;
    }

    /** Returns the tid of now, or the least later one than {@code last} that stands for a date. */
    public Tid next(Tid last) {
        Tid now = tid(source.instant());
        if (now.compareTo(last) > 0) {
            return now;
        }
        if ((last.value() & LOW_WORD) == LOW_WORD) {
            Tid minute = tid(time(last).truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES));
            if (minute.compareTo(last) > 0) {
                return minute;
            }
        }
        return new Tid(last.value() + 1);
    }

    /**
     * Returns the tid that stands for a time, cut to units of 14 nanoseconds.
     *
     * @param time in the years 1900 to 9916
     */
    public static Tid tid(Instant time) {
        OffsetDateTime date = time.atOffset(ZoneOffset.UTC);
        long days = ((date.getYear() - 1900) * 12L + date.getMonthValue() - 1) * DAYS_PER_MONTH + date.getDayOfMonth();
        long minutes = (days - 1) * MINUTES_PER_DAY + date.getHour() * 60L + date.getMinute();
        if (minutes < 0 || minutes > LOW_WORD) {
            throw new IllegalArgumentException("no tid for the time " + time);
        }
        double seconds = date.getSecond() + date.getNano() / 1e9;
        return new Tid((minutes << 32) | (long) (seconds * UNITS_PER_SECOND));
    }

    /** Returns the time a tid stands for; of one that is no date, such as February 31, the days counted on. */
    public static Instant time(Tid tid) {
        long minutes = tid.value() >>> 32;
        long days = minutes / MINUTES_PER_DAY;
        long months = days / DAYS_PER_MONTH;
        double seconds = (tid.value() & LOW_WORD) / UNITS_PER_SECOND;
        return LocalDate.of((int) (1900 + months / 12), (int) (months % 12) + 1, 1)
                .plusDays(days % DAYS_PER_MONTH)
                .atStartOfDay()
                .plusMinutes(minutes % MINUTES_PER_DAY)
                .plusNanos((long) (seconds * 1e9))
                .toInstant(ZoneOffset.UTC);
    }
}
