package gitzodb.bytes;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** An immutable run of bytes; equal by content, ordered as unsigned bytes. A slice shares its array. */
public final class Bytes implements Comparable<Bytes> {
    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private final byte[] array;
    private final int offset;
    private final int length;

    private Bytes(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /** Returns a copy of {@code array}. */
    public static Bytes of(byte... array) {
        return new Bytes(array.clone(), 0, array.length);
    }

    /** Returns a view of {@code array}, which nobody may change afterwards. */
    public static Bytes wrap(byte[] array) {
        return new Bytes(array, 0, array.length);
    }

    /** Returns the UTF-8 bytes of {@code text}; a lone surrogate becomes {@code ?}. */
    public static Bytes utf8(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Bytes parseHex(String hex) {
        return wrap(HexFormat.of().parseHex(hex));
    }

    /** Returns the shared array, for readers in this package only. */
    byte[] array() {
        return array;
    }

    /** Returns where in the shared array these bytes begin. */
    int start() {
        return offset;
    }

    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    public byte at(int index) {
        if (index < 0 || index >= length) {
            throw new IndexOutOfBoundsException(index + " of " + length);
        }
        return array[offset + index];
    }

    /** Returns the bytes from {@code from} (inclusive) to {@code to} (exclusive), without copying them. */
    public Bytes slice(int from, int to) {
        if (from < 0 || to < from || to > length) {
            throw new IndexOutOfBoundsException(from + ".." + to + " of " + length);
        }
        return new Bytes(array, offset + from, to - from);
    }

    public byte[] toArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    public void copyTo(byte[] target, int at) {
        System.arraycopy(array, offset, target, at, length);
    }

    public java.io.InputStream stream() {
        return new java.io.ByteArrayInputStream(array, offset, length);
    }

    public void writeTo(java.io.OutputStream out) throws java.io.IOException {
        out.write(array, offset, length);
    }

    /** Returns a read-only view. */
    public java.nio.ByteBuffer buffer() {
        return java.nio.ByteBuffer.wrap(array, offset, length).slice().asReadOnlyBuffer();
    }

    public String hex() {
        return HexFormat.of().formatHex(array, offset, offset + length);
    }

    /** Returns whether every byte is below 128. */
    public boolean isAscii() {
        for (int i = offset; i < offset + length; i++) {
            if (array[i] < 0) {
                return false;
            }
        }
        return true;
    }

    /** Returns the text of these bytes read as ISO 8859-1, one character a byte. */
    public String latin1() {
        return new String(array, offset, length, StandardCharsets.ISO_8859_1);
    }

    /** Returns the text of these bytes read as UTF-8; what is malformed becomes U+FFFD. */
    public String utf8() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }

    /** Returns the text of these bytes read as UTF-8; empty if anything is malformed. */
    public Optional<String> wellFormedUtf8() {
        String text = utf8();
        // The lenient decoder is many times faster than the strict one, and it leaves a mark.
        if (text.indexOf('\uFFFD') < 0) {
            return Optional.of(text);
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(buffer()).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(
                array, offset, offset + length, other.array, other.offset, other.offset + other.length);
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof Bytes other
                && Arrays.equals(
                        array, offset, offset + length, other.array, other.offset, other.offset + other.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    @Override
    public String toString() {
        return length <= 32 ? hex() : slice(0, 32).hex() + "… (" + length + " bytes)";
    }
}
