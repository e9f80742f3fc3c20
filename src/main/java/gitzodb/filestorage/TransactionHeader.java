package gitzodb.filestorage;

import java.nio.ByteBuffer;

/**
 * The start of a transaction as it is in the file (zodb-formats §1.2); nothing is checked yet.
 *
 * @param length bytes from the header to the second copy of this length, which follows; any value in a damaged file
 * @param status {@code ' '} committed, {@code 'p'} rewritten by a pack, {@code 'c'} not finished, {@code 'u'} void
 */
record TransactionHeader(
        long position, long tid, long length, char status, int userLength, int descriptionLength, int extensionLength) {
    static final int SIZE = 23;
    /** Where the status is, from the start of the header. */
    static final int STATUS_AT = 16;

    static final char COMMITTED = ' ';
    static final char PACKED = 'p';
    static final char UNFINISHED = 'c';
    static final char VOID = 'u';

    static TransactionHeader read(long position, ByteBuffer bytes) {
        return new TransactionHeader(
                position,
                bytes.getLong(),
                bytes.getLong(),
                (char) (bytes.get() & 0xff),
                bytes.getShort() & 0xffff,
                bytes.getShort() & 0xffff,
                bytes.getShort() & 0xffff);
    }

    void write(ByteBuffer target) {
        target.putLong(tid)
                .putLong(length)
                .put((byte) status)
                .putShort((short) userLength)
                .putShort((short) descriptionLength)
                .putShort((short) extensionLength);
    }

    TransactionHeader withLength(long newLength) {
        return new TransactionHeader(position, tid, newLength, status, userLength, descriptionLength, extensionLength);
    }

    /** Returns the length of the header with user, description and extension. */
    int fullSize() {
        return SIZE + userLength + descriptionLength + extensionLength;
    }

    long records() {
        return position + fullSize();
    }

    long recordsEnd() {
        return position + length;
    }

    /** Returns where the next transaction starts. */
    long end() {
        return position + length + Long.BYTES;
    }

    boolean endsBefore(long limit) {
        return length >= 0 && length <= limit - position - Long.BYTES;
    }

    boolean holdsItsTexts() {
        return length >= fullSize();
    }

    boolean statusKnown() {
        return status == COMMITTED || status == PACKED || status == UNFINISHED || status == VOID;
    }
}
