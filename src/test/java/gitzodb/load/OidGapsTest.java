package gitzodb.load;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.zodb.Oid;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OidGapsTest {
    private static List<Long> oids(Long... leftOut) {
        OidGaps gaps = new OidGaps(List.of(leftOut).stream().map(Oid::new).toList());
        return LongStream.range(0, 6).map(n -> gaps.oid(n).value()).boxed().toList();
    }

    @Test
    void leavesOutWhatIsMissing() {
        assertThat(oids()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(oids(2L, 3L, 5L)).containsExactly(0L, 1L, 4L, 6L, 7L, 8L);
        assertThat(oids(1000L)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(oids(3L, -1L)).containsExactly(0L, 1L, 2L, 4L, 5L, 6L);
    }
}
