package gitzodb.tree;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ConflictMarkersTest {
    private static int line(String text) {
        return ConflictMarkers.line(Bytes.utf8(text));
    }

    @Test
    void saysWhereAConflictStarts() {
        assertThat(line("a\n<<<<<<< ours\nb\n=======\nc\n>>>>>>> theirs\n")).isEqualTo(2);
        assertThat(line("<<<<<<< ours\r\nb\r\n=======\r\nc\r\n>>>>>>> theirs")).isEqualTo(1);
    }

    @Test
    void findsMarkersAnywhereInALongFile() throws IOException {
        for (int before = 8_170; before < 8_200; before++) {
            String text = "x".repeat(before) + "\n<<<<<<<\n" + "y\n".repeat(10_000) + "=======\n>>>>>>>";
            assertThat(ConflictMarkers.line(Bytes.utf8(text).stream()))
                    .as("%d bytes before", before)
                    .isEqualTo(2);
            assertThat(line(text + ">")).isZero();
        }
    }

    @Test
    void takesAHeadingForNoConflict() {
        assertThat(line("Title\n=======\n\ntext\n")).isZero();
        assertThat(line("<<<<<<<< eight\n=======\n>>>>>>>\n")).isZero();
        assertThat(line("<<<<<<< open\nand no end\n")).isZero();
    }
}
