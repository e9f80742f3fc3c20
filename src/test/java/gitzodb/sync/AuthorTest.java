package gitzodb.sync;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import org.junit.jupiter.api.Test;

class AuthorTest {
    @Test
    void cutsThePathOfTheUserFolder() {
        assertThat(Author.of(Bytes.utf8("/acl_users ida"))).isEqualTo("ida");
        assertThat(Author.of(Bytes.utf8("/ bob"))).isEqualTo("bob");
        assertThat(Author.of(Bytes.utf8(" admin"))).isEqualTo("admin");
    }

    @Test
    void keepsNamesOfSeveralWords() {
        assertThat(Author.of(Bytes.utf8("Zoë Li"))).isEqualTo("Zoë Li");
        assertThat(Author.address("Zoë Li")).isEqualTo("Zoë.Li@zodb.invalid");
    }

    @Test
    void signsForNobody() {
        assertThat(Author.of(Bytes.EMPTY)).isEqualTo("zodb");
        assertThat(Author.of(Bytes.utf8("/acl_users "))).isEqualTo("zodb");
        assertThat(Author.of(Bytes.utf8(" .,; "))).isEqualTo("zodb");
    }

    @Test
    void leavesOutWhatGitCannotKeep() {
        assertThat(Author.of(Bytes.utf8("a<b>\nc\u0000d"))).isEqualTo("abcd");
    }

    @Test
    void showsBytesThatAreNotUtf8() {
        assertThat(Author.of(Bytes.parseHex("69ff61"))).isEqualTo("i\ufffda");
    }
}
