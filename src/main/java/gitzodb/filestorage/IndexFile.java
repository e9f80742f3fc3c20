package gitzodb.filestorage;

import gitzodb.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The content of a {@code Data.fs.index} (zodb-formats §1.7): pickles of an int, of (prefix, block) pairs and of None.
 * Read by this grammar alone, as pickles of a strange file are nothing to be trusted with. Anything else, the older
 * form included, counts as no index.
 *
 * @param mark one more pickle after the end, which ZODB does not read: tells which file an index of our own is for
 */
record IndexFile(long position, OidIndex index, Bytes mark) {
    private static final int PREFIX = 6;
    private static final int SUFFIX = 2;

    static Optional<IndexFile> parse(byte[] file) {
        try {
            return Optional.of(new Parser(file).parse());
        } catch (NotAnIndex e) {
            return Optional.empty();
        }
    }

    byte[] write() {
        PickleOut out = new PickleOut();
        out.integer(position);
        long[] oids = index.oids();
        for (int from = 0; from < oids.length; ) {
            int to = from + 1;
            while (to < oids.length && oids[to] >>> 16 == oids[from] >>> 16) {
                to++;
            }
            out.block(Arrays.copyOfRange(oids, from, to), index);
            from = to;
        }
        out.none();
        out.bytes(mark.toArray());
        return out.target.toByteArray();
    }

    private static final class NotAnIndex extends Exception {
        private static final long serialVersionUID = 1L;

        NotAnIndex() {
            super(null, null, false, false);
        }
    }

    /** The few opcodes that ZODB's two Pythons write into an index. */
    private static final class Parser {
        private static final int MAX_DIGITS = 20;

        private final ByteBuffer in;
        private final long[] oids;
        private final long[] positions;
        private int count;

        Parser(byte[] file) {
            in = ByteBuffer.wrap(file);
            oids = new long[file.length / (SUFFIX + PREFIX)];
            positions = new long[oids.length];
        }

        IndexFile parse() throws NotAnIndex {
            int opcode = start();
            long end = integer(opcode);
            require(end >= 0 && next() == '.');
            for (opcode = start(); opcode != 'N'; opcode = start()) {
                boolean marked = opcode == '(';
                ByteBuffer prefix = bytes(marked ? next() : opcode);
                ByteBuffer block = bytes(next());
                require(next() == (marked ? 't' : 0x86) && next() == '.');
                block(prefix, block, end);
            }
            require(next() == '.');
            OidIndex index = OidIndex.of(Arrays.copyOf(oids, count), Arrays.copyOf(positions, count));
            return new IndexFile(end, index, mark());
        }

        private Bytes mark() throws NotAnIndex {
            if (!in.hasRemaining()) {
                return Bytes.EMPTY;
            }
            ByteBuffer text = bytes(start());
            require(next() == '.' && !in.hasRemaining());
            byte[] copy = new byte[text.remaining()];
            text.get(copy);
            return Bytes.wrap(copy);
        }

        private void block(ByteBuffer prefix, ByteBuffer block, long end) throws NotAnIndex {
            require(prefix.remaining() == PREFIX && block.remaining() % (SUFFIX + PREFIX) == 0);
            long high = number(prefix, 0) << 16;
            int size = block.remaining() / (SUFFIX + PREFIX);
            for (int i = 0; i < size; i++) {
                long oid = high | (block.getShort(i * SUFFIX) & 0xffff);
                long position = number(block, size * SUFFIX + i * PREFIX);
                require(count == 0 || Long.compareUnsigned(oid, oids[count - 1]) > 0);
                require(position >= DataFile.MAGIC_SIZE && position < end);
                oids[count] = oid;
                positions[count++] = position;
            }
        }

        /** Returns a number of {@link #PREFIX} bytes. */
        private static long number(ByteBuffer bytes, int at) {
            return (bytes.getShort(at) & 0xffffL) << Integer.SIZE | (bytes.getInt(at + Short.BYTES) & 0xffff_ffffL);
        }

        /** Returns the first opcode of a pickle, after its protocol. */
        private int start() throws NotAnIndex {
            int opcode = next();
            if (opcode != 0x80) {
                return opcode;
            }
            require(next() <= 3);
            return next();
        }

        private long integer(int opcode) throws NotAnIndex {
            return switch (opcode) {
                case 'K' -> next();
                case 'M' -> little(2);
                case 'J' -> little(4);
                case 0x8a -> little(next());
                case 'I', 'L' -> decimal();
                default -> throw new NotAnIndex();
            };
        }

        private long little(int size) throws NotAnIndex {
            require(size <= Long.BYTES);
            long number = 0;
            for (int i = 0; i < size; i++) {
                number |= (long) next() << (8 * i);
            }
            return number;
        }

        private long decimal() throws NotAnIndex {
            long number = 0;
            int digits = 0;
            for (int c = next(); c != '\n'; c = next()) {
                if (c == 'L') {
                    continue;
                }
                require(c >= '0' && c <= '9' && ++digits < MAX_DIGITS - 1);
                number = number * 10 + (c - '0');
            }
            return number;
        }

        private ByteBuffer bytes(int opcode) throws NotAnIndex {
            long length = switch (opcode) {
                case 'C', 'U' -> next();
                case 'B', 'T' -> little(4);
                default -> throw new NotAnIndex();
            };
            require(length <= in.remaining());
            ByteBuffer bytes = in.slice(in.position(), (int) length);
            in.position(in.position() + (int) length);
            return bytes;
        }

        private int next() throws NotAnIndex {
            require(in.hasRemaining());
            return in.get() & 0xff;
        }

        private static void require(boolean holds) throws NotAnIndex {
            if (!holds) {
                throw new NotAnIndex();
            }
        }
    }

    /** Writes what ZODB on Python 3 writes. */
    private static final class PickleOut {
        private static final byte[] PROTOCOL = {(byte) 0x80, 3};
        private static final byte[] PAIR = {(byte) 0x86, '.'};

        private final ByteArrayOutputStream target = new ByteArrayOutputStream();

        void integer(long number) {
            target.writeBytes(PROTOCOL);
            target.write(0x8a);
            target.write(Long.BYTES);
            target.writeBytes(ByteBuffer.allocate(Long.BYTES)
                    .putLong(Long.reverseBytes(number))
                    .array());
            target.write('.');
        }

        void block(long[] oids, OidIndex index) {
            ByteBuffer block = ByteBuffer.allocate(oids.length * (SUFFIX + PREFIX));
            for (long oid : oids) {
                block.putShort((short) oid);
            }
            for (long oid : oids) {
                long position = index.position(oid);
                block.putShort((short) (position >>> 32)).putInt((int) position);
            }
            ByteBuffer prefix = ByteBuffer.allocate(Long.BYTES).putLong(oids[0]);
            target.writeBytes(PROTOCOL);
            text(Arrays.copyOf(prefix.array(), PREFIX));
            text(block.array());
            target.writeBytes(PAIR);
        }

        void none() {
            target.writeBytes(PROTOCOL);
            target.writeBytes("N.".getBytes(StandardCharsets.US_ASCII));
        }

        void bytes(byte[] bytes) {
            target.writeBytes(PROTOCOL);
            text(bytes);
            target.write('.');
        }

        private void text(byte[] bytes) {
            if (bytes.length < 256) {
                target.write('C');
                target.write(bytes.length);
            } else {
                target.write('B');
                target.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                        .putInt(Integer.reverseBytes(bytes.length))
                        .array());
            }
            target.writeBytes(bytes);
        }
    }
}
