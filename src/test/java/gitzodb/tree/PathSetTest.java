package gitzodb.tree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PathSetTest {
    @Test
    void hasWhatWasAddedAndNotWhatThatBeginsWith() {
        PathSet paths = new PathSet();
        paths.add("Application/shop/a.py");
        paths.add("Application/b.py");
        assertThat(paths.contains("Application/shop/a.py")).isTrue();
        assertThat(paths.contains("Application/shop")).isFalse();
        assertThat(paths.contains("Application/c.py")).isFalse();
        paths.remove("Application/shop/a.py");
        paths.remove("Application/none");
        assertThat(paths.contains("Application/shop/a.py")).isFalse();
        assertThat(paths.contains("Application/b.py")).isTrue();
        paths.add("Application/shop/a.py");
        assertThat(paths.contains("Application/shop/a.py")).isTrue();
    }
}
