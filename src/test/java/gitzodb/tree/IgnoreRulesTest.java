package gitzodb.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.bytes.Bytes;
import gitzodb.zodb.ClassName;
import org.junit.jupiter.api.Test;

class IgnoreRulesTest {
    private static final ClassName ANY = new ClassName("m", "C");

    private static boolean ignores(String rules, String path) throws TreeException {
        return IgnoreRules.NONE.with("", Bytes.utf8(rules)).ignoresObject(ObjectPath.parse(path), ANY);
    }

    @Test
    void matchesPathsAsGitDoes() throws TreeException {
        assertThat(ignores("catalog", "/Application/site/catalog")).isTrue();
        assertThat(ignores("catalog", "/Application/site/catalog/below")).isTrue();
        assertThat(ignores("catalog", "/Application/site/my_catalog")).isFalse();
        assertThat(ignores("/catalog", "/Application/catalog")).isFalse();
        assertThat(ignores("/Application/*/log", "/Application/site/log")).isTrue();
        assertThat(ignores("/Application/**/log", "/Application/a/b/log")).isTrue();
        assertThat(ignores("/Application/**/log", "/Application/log")).isTrue();
        assertThat(ignores("*.log\n!keep.log", "/a/keep.log")).isFalse();
        assertThat(ignores("*.log\n!keep.log", "/a/x.log")).isTrue();
        assertThat(ignores("a[0-9]\n#b", "/x/a7")).isTrue();
        assertThat(ignores("a[!0-9]", "/x/a7")).isFalse();
        assertThat(ignores("site/", "/Application/site")).isTrue();
    }

    @Test
    void hasSectionsForAttributesAndClasses() throws TreeException {
        IgnoreRules rules = IgnoreRules.NONE.with("", Bytes.utf8("[attr]\n_p_*\n[class]\nm.*\n!m.D\n"));
        assertThat(rules.ignoresAttribute("_p_x")).isTrue();
        assertThat(rules.ignoresAttribute("title")).isFalse();
        assertThat(rules.ignoresObject(ObjectPath.parse("/a"), ANY)).isTrue();
        assertThat(rules.ignoresObject(ObjectPath.parse("/a"), new ClassName("m", "D")))
                .isFalse();
    }

    @Test
    void keepsTheRulesOfAFolderInIt() throws TreeException {
        IgnoreRules rules = IgnoreRules.NONE.with("Application/a", Bytes.utf8("/x\n"));
        assertThat(rules.ignoresObject(ObjectPath.parse("/Application/a/x"), ANY))
                .isTrue();
        assertThat(rules.ignoresObject(ObjectPath.parse("/Application/x"), ANY)).isFalse();
    }

    @Test
    void refusesABrokenPattern() {
        assertThatThrownBy(() -> IgnoreRules.NONE.with("", Bytes.utf8("a\nb[\n")))
                .isInstanceOf(TreeException.class)
                .hasMessage(".zodbignore: line 2: not a pattern: b[");
    }
}
