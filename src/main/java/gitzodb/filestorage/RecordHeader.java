package gitzodb.filestorage;

import java.nio.ByteBuffer;

/**
 * The start of a data record as it is in the file (zodb-formats §1.3); nothing is checked yet.
 *
 * @param previous position of the revision before, 0 for none
 * @param transaction position of the transaction
 * @param dataLength 0 if a back pointer of 8 bytes stands in place of the data
 */
record RecordHeader(
        long position, long oid, long tid, long previous, long transaction, int versionLength, long dataLength) {
    static final int SIZE = 42;

    static RecordHeader read(long position, ByteBuffer bytes) {
        return new RecordHeader(
                position,
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getShort() & 0xffff,
                bytes.getLong());
    }

    void write(ByteBuffer target) {
        target.putLong(oid)
                .putLong(tid)
                .putLong(previous)
                .putLong(transaction)
                .putShort((short) versionLength)
                .putLong(dataLength);
    }

    boolean isPointer() {
        return dataLength == 0;
    }

    long dataAt() {
        return position + SIZE;
    }

    long end() {
        return dataAt() + (isPointer() ? Long.BYTES : dataLength);
    }

    boolean endsBefore(long limit) {
        long room = limit - dataAt();
        return isPointer() ? room >= Long.BYTES : dataLength > 0 && dataLength <= room;
    }
}
