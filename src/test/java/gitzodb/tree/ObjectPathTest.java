package gitzodb.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ObjectPathTest {
    @Test
    void writesMarksAndEscapes() {
        ObjectPath path = new ObjectPath(
                List.of(Segment.plain("a/b"), new Segment(Segment.Mark.ATTRIBUTE, "title"), Segment.plain("@x")),
                List.of(new Segment(Segment.Mark.POSITION, "3"), new Segment(Segment.Mark.KEY, "(1,\"a\")")));
        assertThat(path).hasToString("/a%2Fb/@title/%40x#@@3/@=(1,\"a\")");
        assertThat(ObjectPath.parse(path.toString())).isEqualTo(path);
        assertThat(ObjectPath.parse("/")).isEqualTo(ObjectPath.ROOT);
    }

    @Test
    void readsBackEveryPath() {
        String[] pieces = {"a", "@", "=", ":", "-", "/", "#", "%", "\u00e9", "\ud800", "\n", "\ud83d\ude00", ".", " "};
        for (long seed = 0; seed < 2000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<List<Segment>> sides = List.of(new ArrayList<>(), new ArrayList<>());
            for (List<Segment> side : sides) {
                for (int i = random.nextInt(3); i > 0; i--) {
                    StringBuilder text = new StringBuilder();
                    for (int j = random.nextInt(4); j > 0; j--) {
                        text.append(pieces[random.nextInt(pieces.length)]);
                    }
                    Segment.Mark[] marks = Segment.Mark.values();
                    side.add(new Segment(marks[random.nextInt(marks.length)], text.toString()));
                }
            }
            ObjectPath path = new ObjectPath(sides.getFirst(), sides.getLast());
            assertThat(ObjectPath.parse(path.toString()))
                    .as("seed %d: %s", seed, path)
                    .isEqualTo(path);
        }
    }

    @Test
    void refusesOtherSpellings() {
        for (String text : List.of("", "a", "/a/", "//", "/%61", "/a#", "/a%", "/a#b#c")) {
            assertThatThrownBy(() -> ObjectPath.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
