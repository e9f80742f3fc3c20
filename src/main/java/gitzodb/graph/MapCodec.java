package gitzodb.graph;

import gitzodb.zodb.Oid;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Turns keys or values of a {@link StoreMap} into bytes and back. Keys are ordered by these bytes, unsigned. */
public interface MapCodec<T> {
    byte[] encode(T value);

    /** Reads what {@link #encode} made; nobody changes the array. */
    T decode(byte[] bytes);

    /** Eight bytes, in the order of {@link Oid}. */
    MapCodec<Oid> OID = new MapCodec<>() {
        @Override
        public byte[] encode(Oid oid) {
            return ByteBuffer.allocate(Long.BYTES).putLong(oid.value()).array();
        }

        @Override
        public Oid decode(byte[] bytes) {
            return new Oid(ByteBuffer.wrap(bytes).getLong());
        }
    };

    /** UTF-8; for text without lone surrogates. */
    MapCodec<String> TEXT = new MapCodec<>() {
        @Override
        public byte[] encode(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String decode(byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    };

    /** Bytes as they are. */
    MapCodec<byte[]> RAW = new MapCodec<>() {
        @Override
        public byte[] encode(byte[] bytes) {
            return bytes;
        }

        @Override
        public byte[] decode(byte[] bytes) {
            return bytes;
        }
    };
}
