package gitzodb.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProblemsTest {
    private final Problems problems = new Problems();

    @Test
    void reportsAllProblemsSortedAndEachOnce() {
        problems.add("b.zodb.xml", 3, "/b", "later");
        problems.add("a.zodb.xml", 12, "/a", "second");
        problems.add("a.zodb.xml", 2, "/a", "first");
        problems.add("a.zodb.xml", 2, "/a", "first");
        assertThat(problems.list())
                .extracting(Problem::toString)
                .containsExactly("a.zodb.xml:2: /a: first", "a.zodb.xml:12: /a: second", "b.zodb.xml:3: /b: later");
    }

    @Test
    void throwsOneExceptionWithEverything() {
        problems.add("", 0, "/a", "gone");
        problems.add("x", 0, "", "stray file");
        assertThatThrownBy(problems::throwIfAny)
                .isInstanceOf(BadTreeException.class)
                .hasMessage("/a: gone (and 1 more)")
                .satisfies(e -> assertThat(((BadTreeException) e).problems()).hasSize(2));
    }

    @Test
    void countsWhatItDoesNotKeep() {
        for (int i = 0; i < Problems.LIMIT + 5; i++) {
            problems.add("f", i + 1, "", "bad");
        }
        assertThat(problems.list()).hasSize(Problems.LIMIT);
        assertThat(problems.dropped()).isEqualTo(5);
    }

    @Test
    void keepsMessagesToOneLine() {
        assertThat(new Problem("f", 1, "", "a\nb").toString()).isEqualTo("f:1: a");
    }
}
