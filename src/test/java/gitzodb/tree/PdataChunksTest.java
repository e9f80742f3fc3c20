package gitzodb.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PdataChunksTest {
    @Test
    void cutsAsZopeDoes() {
        assertThat(PdataChunks.lengths(0)).isEmpty();
        assertThat(PdataChunks.lengths(65_535)).isEmpty();
        assertThat(PdataChunks.lengths(65_536)).containsExactly(65_536);
        assertThat(PdataChunks.lengths(131_072)).containsExactly(131_072);
        assertThat(PdataChunks.lengths(131_073)).containsExactly(65_537, 65_536);
        assertThat(PdataChunks.lengths(300_001)).containsExactly(103_393, 65_536, 65_536, 65_536);
    }

    @Test
    void losesNothing() {
        for (long size = 65_536; size < 1_000_000; size += 4_321) {
            assertThat(PdataChunks.lengths(size).stream()
                            .mapToLong(Integer::longValue)
                            .sum())
                    .isEqualTo(size);
        }
    }

    @Test
    void keepsOtherLengthsWhileTheyFit() {
        assertThat(PdataChunks.parse("10 70000 1", 70_011)).containsExactly(10, 70_000, 1);
        assertThat(PdataChunks.parse("10 70000 1", 70_012)).containsExactly(70_012);
        assertThat(PdataChunks.parse("none", 200_000)).isEmpty();
        assertThatThrownBy(() -> PdataChunks.parse("-1", 5)).isInstanceOf(IllegalArgumentException.class);
    }
}
