package gitzodb.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PathTableTest {
    private static final List<String> PIECES =
            List.of("/", "#", "a", "b", "é", "\u20ac", "\ud83d\ude00", "\ud800", "shop", "index_html", "x".repeat(300));

    private static String path(SplittableRandom random, List<String> before) {
        StringBuilder path = new StringBuilder(
                before.isEmpty() || random.nextInt(4) == 0 ? "" : before.get(random.nextInt(before.size())));
        path.setLength(random.nextInt(path.length() + 1));
        for (int i = random.nextInt(8); i >= 0; i--) {
            path.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return path.toString();
    }

    @Test
    void tellsAnyPathsApart() {
        for (long seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            PathTable table = new PathTable();
            Map<String, Integer> numbers = new HashMap<>();
            List<String> paths = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                String path = path(random, paths);
                int found = table.find(path);
                Integer known = numbers.get(path);
                assertThat(found == PathTable.NONE && known != null)
                        .as("seed %d: %s", seed, path)
                        .isFalse();
                int number = table.add(path);
                assertThat(number).as("seed %d: %s", seed, path).isLessThan(table.size());
                if (known != null) {
                    assertThat(number).as("seed %d: %s", seed, path).isEqualTo(known);
                } else {
                    assertThat(numbers).as("seed %d: %s", seed, path).doesNotContainValue(number);
                }
                numbers.put(path, number);
                paths.add(path);
            }
            long last = seed;
            numbers.forEach((path, number) -> {
                assertThat(table.find(path)).as("seed %d: %s", last, path).isEqualTo(number);
                assertThat(table.path(number)).as("seed %d", last).isEqualTo(path);
            });
        }
    }

    @Test
    void takesPathsOfAnyDepthAndLength() {
        PathTable table = new PathTable();
        String deep = "/a".repeat(5_000);
        String longer = "/" + "b".repeat(3 << 20);
        int first = table.add(deep);
        int second = table.add(longer);
        assertThat(table.size()).isLessThan(200);
        assertThat(table.find(deep)).isEqualTo(first);
        assertThat(table.find(deep + "/a")).isEqualTo(PathTable.NONE);
        assertThat(table.path(first)).isEqualTo(deep);
        assertThat(table.path(second)).isEqualTo(longer);
        assertThat(table.find("")).isEqualTo(PathTable.NONE);
    }

    @Test
    void keepsWhatPathsHaveInCommonOnce() {
        PathTable table = new PathTable();
        for (int i = 0; i < 1_000; i++) {
            table.add("/Application/shop/" + i);
        }
        assertThat(table.size()).isEqualTo(1_002);
    }
}
