package gitzodb.tree;

import static org.assertj.core.api.Assertions.assertThat;

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
}
