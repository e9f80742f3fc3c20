package gitzodb.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.bytes.Bytes;
import gitzodb.xml.ConflictMarks;
import gitzodb.xml.Element;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResolutionTest {
    private static final Bytes TWO = merged("""
            <text name="a">1</text><list name="l"><text>x</text></list>""", """
            <text name="a">2</text><list name="l"><text>o</text></list>""", """
            <text name="a">3</text><list name="l"><text>t</text></list>""");

    private static Bytes merged(String base, String ours, String theirs) {
        try {
            return MergeFile.of("f", object(base), object(ours), object(theirs), new ConflictMarks(7, "", "", ""))
                    .content();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Bytes object(String children) {
        return Bytes.utf8("<object class=\"m.C\">" + children + "</object>");
    }

    private static String all(Bytes content, Choice choice) throws IOException {
        Resolution resolution = Resolution.of("f", content, null, choice);
        assertThat(resolution.left()).isZero();
        return Objects.requireNonNull(resolution.content()).utf8();
    }

    @Test
    void takesOneSideEverywhere() throws IOException {
        assertThat(all(TWO, Choice.OURS)).contains(">2</text>", "<list name=\"l\"><text>o</text></list>");
        assertThat(all(TWO, Choice.THEIRS)).contains(">3</text>", "<list name=\"l\"><text>t</text></list>");
        assertThat(all(TWO, Choice.BASE)).contains(">1</text>", "<list name=\"l\"><text>x</text></list>");
    }

    @Test
    void settlesOnePlaceAndKeepsTheOther() throws IOException {
        Resolution resolution = Resolution.of("f", TWO, "/l", Choice.UNION);
        assertThat(resolution.left()).isEqualTo(1);
        assertThat(Objects.requireNonNull(resolution.content()).utf8())
                .contains(
                        "<list name=\"l\"><text>o</text><text>t</text></list>", "<conflict at=\"/a\"", "<<<<<<< ours");
    }

    @Test
    void takesAValueThatIsGiven() throws IOException {
        Element value = Element.text("text", "4").with("name", "a");
        Resolution resolution = Resolution.of("f", TWO, "/a", conflict -> Optional.of(value));
        assertThat(Objects.requireNonNull(resolution.content()).utf8()).contains("<text name=\"a\">4</text>");
    }

    @Test
    void saysWhatCannotBeSettledSo() {
        assertThatThrownBy(() -> Resolution.of("f", TWO, null, Choice.UNION))
                .isInstanceOf(ChoiceException.class)
                .hasMessageContaining("/a holds no members");
        assertThatThrownBy(() -> Resolution.of("f", TWO, "/b", Choice.OURS)).hasMessage("f has no conflict at /b");
    }

    @Test
    void aSideThatHasNothingLeavesNothing() throws IOException {
        Bytes deleted = merged(
                "<none name=\"z\"/><text name=\"a\">1</text>",
                "<none name=\"z\"/>",
                "<none name=\"z\"/><text name=\"a\">2</text>");
        assertThat(all(deleted, Choice.OURS)).doesNotContain("name=\"a\"").contains("name=\"z\"");
        assertThat(all(deleted, Choice.THEIRS)).contains(">2</text>");
    }

    @Test
    void countsMarksAgainAndRefusesOnesThatComeApart() throws IOException {
        String shared =
                "<list name=\"a\" id=\"1\"><int>1</int></list><same name=\"b\" id=\"1\"/><text name=\"t\">%s</text>";
        Bytes text = merged(shared.formatted("1"), shared.formatted("2"), shared.formatted("3"));
        assertThat(text.utf8()).contains("id=\"/a\"");
        assertThat(all(text, Choice.OURS)).contains("<list name=\"a\" id=\"1\">", "<same name=\"b\" id=\"1\"/>");
        Bytes deleted = merged(
                "<list name=\"a\" id=\"1\"><int>1</int></list><same name=\"b\" id=\"1\"/>",
                "<same name=\"b\" id=\"1\"/>",
                "<list name=\"a\" id=\"1\"><int>2</int></list><same name=\"b\" id=\"1\"/>");
        assertThatThrownBy(() -> Resolution.of("f", deleted, null, Choice.OURS))
                .isInstanceOf(ChoiceException.class)
                .hasMessageContaining("shared");
    }
}
