package gitzodb.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import org.junit.jupiter.api.Test;

class ByteCursorTest {
    /** Eight bytes in the middle of an array, so that a read that forgets where they start is seen. */
    private static final Bytes BYTES =
            Bytes.parseHex("ffff80017f02fe03fd04ffff").slice(2, 10);

    private static ByteCursor<EOFException> cursor() {
        return new ByteCursor<>(BYTES, (offset, message) -> new EOFException(offset + ": " + message));
    }

    @Test
    void numbersHaveTheirOrderAndSign() throws EOFException {
        assertThat(cursor().u8()).isEqualTo(0x80);
        assertThat(cursor().u16BigEndian()).isEqualTo(0x8001);
        assertThat(cursor().u16LittleEndian()).isEqualTo(0x0180);
        assertThat(cursor().i32BigEndian()).isEqualTo(0x80017f02);
        assertThat(cursor().i32LittleEndian()).isEqualTo(0x027f0180);
        assertThat(cursor().u32BigEndian()).isEqualTo(0x80017f02L);
        assertThat(cursor().i64BigEndian()).isEqualTo(0x80017f02fe03fd04L);
        assertThat(cursor().i64LittleEndian()).isEqualTo(0x04fd03fe027f0180L);
        ByteCursor<EOFException> cursor = cursor();
        cursor.skip(4);
        assertThat(cursor.u32LittleEndian()).isEqualTo(0x04fd03feL);
        assertThat(cursor.atEnd()).isTrue();
    }

    @Test
    void aReadBeyondTheEndFailsAndStaysWhereItIs() throws EOFException {
        ByteCursor<EOFException> cursor = cursor();
        cursor.skip(5);
        assertThatThrownBy(cursor::i32BigEndian)
                .isInstanceOf(EOFException.class)
                .hasMessageStartingWith("5: 4 bytes");
        for (long count : new long[] {4, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32}) {
            assertThatThrownBy(() -> cursor.bytes(count)).isInstanceOf(EOFException.class);
            assertThatThrownBy(() -> cursor.skip(count)).isInstanceOf(EOFException.class);
        }
        assertThatThrownBy(() -> cursor.seek(9)).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> cursor.seek(-1)).isInstanceOf(EOFException.class);
        assertThat(cursor.offset()).isEqualTo(5);
        assertThat(cursor.bytes(3)).isEqualTo(Bytes.parseHex("03fd04"));
        cursor.seek(8);
        assertThat(cursor.bytes(0)).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void aLineEndsBeforeItsEndAndNotBehindTheBytes() throws EOFException {
        Bytes text = Bytes.utf8("xa\n\nb\n").slice(1, 5);
        ByteCursor<EOFException> cursor = new ByteCursor<>(text, (offset, message) -> new EOFException(message));
        assertThat(cursor.line()).isEqualTo(Bytes.utf8("a"));
        assertThat(cursor.line()).isEqualTo(Bytes.EMPTY);
        assertThatThrownBy(cursor::line).isInstanceOf(EOFException.class);
        assertThat(cursor.offset()).isEqualTo(3);
    }
}
