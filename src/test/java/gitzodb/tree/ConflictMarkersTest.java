package gitzodb.tree;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import java.io.IOException;
import java.util.SplittableRandom;
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
    void findsTheSameInBytesAsInAStream() throws IOException {
        String[] pieces = {"<<<<<<<\n", "=======\n", ">>>>>>>\n", "<<<", "<", "\n", "x", " "};
        int found = 0;
        for (long seed = 0; seed < 20_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(24); i > 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            Bytes content = Bytes.utf8(text.toString());
            int line = ConflictMarkers.line(content.stream());
            assertThat(ConflictMarkers.line(content)).as("seed %d", seed).isEqualTo(line);
            found += line > 0 ? 1 : 0;
        }
        assertThat(found).isGreaterThan(10);
    }

    @Test
    void takesAHeadingForNoConflict() {
        assertThat(line("Title\n=======\n\ntext\n")).isZero();
        assertThat(line("<<<<<<<< eight\n=======\n>>>>>>>\n")).isZero();
        assertThat(line("<<<<<<< open\nand no end\n")).isZero();
    }
}
