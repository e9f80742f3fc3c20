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
    void leavesOutClasses() throws TreeException {
        IgnoreRules rules = IgnoreRules.NONE.with("", Bytes.utf8("[class m.*]\n![class m.D]\n"));
        assertThat(rules.ignoresObject(ObjectPath.parse("/a"), ANY)).isTrue();
        assertThat(rules.ignoresObject(ObjectPath.parse("/a"), new ClassName("m", "D")))
                .isFalse();
        assertThat(rules.ignoresObject(ObjectPath.parse("/a"), new ClassName("n", "C")))
                .isFalse();
    }

    @Test
    void aClassInTheRulesOfAFolderIsLeftOutBelowIt() throws TreeException {
        IgnoreRules rules = IgnoreRules.NONE.with("Application/a", Bytes.utf8("[class m.C]\n"));
        assertThat(rules.ignoresObject(ObjectPath.parse("/Application/a/b/c"), ANY))
                .isTrue();
        assertThat(rules.ignoresObject(ObjectPath.parse("/Application/a"), ANY)).isFalse();
        assertThat(rules.ignoresObject(ObjectPath.parse("/Application/ab"), ANY))
                .isFalse();
    }

    @Test
    void leavesOutAttributesOfClasses() throws TreeException {
        IgnoreRules rules = IgnoreRules.NONE.with(
                "", Bytes.utf8("[attr * _p_*]\n[attr m.C  title]\n[attr m.* body]\n![attr m.C body]\n"));
        assertThat(rules.ignoresAttribute(new ClassName("n", "D"), "_p_x")).isTrue();
        assertThat(rules.ignoresAttribute(ANY, "title")).isTrue();
        assertThat(rules.ignoresAttribute(new ClassName("m", "D"), "title")).isFalse();
        assertThat(rules.ignoresAttribute(new ClassName("m", "D"), "body")).isTrue();
        assertThat(rules.ignoresAttribute(ANY, "body")).isFalse();
    }

    @Test
    void leavesOutContentButNotSettingsUnlessTheyAreNamed() throws TreeException {
        IgnoreRules rules =
                IgnoreRules.NONE.with("", Bytes.utf8("[content m.*]\n[content n.D _t*]\n![content m.C kept]\n"));
        assertThat(rules.hasAttributes()).isTrue();
        assertThat(rules.ignoresContent(ANY, "_index")).isTrue();
        assertThat(rules.ignoresContent(ANY, "kept")).isFalse();
        assertThat(rules.ignoresContent(ANY, "_tree")).isFalse();
        assertThat(rules.ignoresContent(ANY, "filteredSets")).isFalse();
        assertThat(rules.ignoresContent(new ClassName("n", "D"), "_tree")).isTrue();
        assertThat(rules.ignoresAttribute(ANY, "_index")).isFalse();
        assertThatThrownBy(() -> IgnoreRules.NONE.with("", Bytes.utf8("[content]\n")))
                .hasMessageContaining("the form is [content module.Name] or [content module.Name attribute]");
        assertThatThrownBy(() -> IgnoreRules.NONE.with("a", Bytes.utf8("[content m.C]\n")))
                .hasMessageContaining("this goes into the .zodbignore of the tree folder");
    }

    @Test
    void aPathMayLookLikeARule() throws TreeException {
        assertThat(ignores("\\[class x]", "/a/[class x]")).isTrue();
        assertThat(ignores("[class]es", "/a/ces")).isTrue();
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
        assertThatThrownBy(() -> IgnoreRules.NONE.with("x", Bytes.utf8("[class]\n")))
                .isInstanceOf(TreeException.class)
                .hasMessage("x/.zodbignore: line 1: the form is [class module.Name], not: [class]");
        assertThatThrownBy(() -> IgnoreRules.NONE.with("x", Bytes.utf8("[attr m.C title]\n")))
                .isInstanceOf(TreeException.class)
                .hasMessage(
                        "x/.zodbignore: line 1: this goes into the .zodbignore of the tree folder: [attr m.C title]");
        assertThatThrownBy(() -> IgnoreRules.NONE.with("", Bytes.utf8("[attr title]\n")))
                .isInstanceOf(TreeException.class)
                .hasMessage(".zodbignore: line 1: the form is [attr module.Name attribute], not: [attr title]");
    }
}
