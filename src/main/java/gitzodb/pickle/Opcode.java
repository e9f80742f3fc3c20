package gitzodb.pickle;

import org.jspecify.annotations.Nullable;

/**
 * The opcodes of pickle protocols 0 to 5, in the order and with the names of Python's {@code pickletools}, from which
 * the table is taken.
 */
public enum Opcode {
    INT(0x49, Operand.LINE, 0),
    BININT(0x4a, Operand.I32, 1),
    BININT1(0x4b, Operand.U8, 1),
    BININT2(0x4d, Operand.U16, 1),
    LONG(0x4c, Operand.LINE, 0),
    LONG1(0x8a, Operand.BYTES_U8, 2),
    LONG4(0x8b, Operand.BYTES_I32, 2),
    STRING(0x53, Operand.LINE, 0),
    BINSTRING(0x54, Operand.BYTES_I32, 1),
    SHORT_BINSTRING(0x55, Operand.BYTES_U8, 1),
    BINBYTES(0x42, Operand.BYTES_U32, 3),
    SHORT_BINBYTES(0x43, Operand.BYTES_U8, 3),
    BINBYTES8(0x8e, Operand.BYTES_U64, 4),
    BYTEARRAY8(0x96, Operand.BYTES_U64, 5),
    NEXT_BUFFER(0x97, Operand.NONE, 5),
    READONLY_BUFFER(0x98, Operand.NONE, 5),
    NONE(0x4e, Operand.NONE, 0),
    NEWTRUE(0x88, Operand.NONE, 2),
    NEWFALSE(0x89, Operand.NONE, 2),
    UNICODE(0x56, Operand.LINE, 0),
    SHORT_BINUNICODE(0x8c, Operand.BYTES_U8, 4),
    BINUNICODE(0x58, Operand.BYTES_U32, 1),
    BINUNICODE8(0x8d, Operand.BYTES_U64, 4),
    FLOAT(0x46, Operand.LINE, 0),
    BINFLOAT(0x47, Operand.FLOAT64, 1),
    EMPTY_LIST(0x5d, Operand.NONE, 1),
    APPEND(0x61, Operand.NONE, 0),
    APPENDS(0x65, Operand.NONE, 1),
    LIST(0x6c, Operand.NONE, 0),
    EMPTY_TUPLE(0x29, Operand.NONE, 1),
    TUPLE(0x74, Operand.NONE, 0),
    TUPLE1(0x85, Operand.NONE, 2),
    TUPLE2(0x86, Operand.NONE, 2),
    TUPLE3(0x87, Operand.NONE, 2),
    EMPTY_DICT(0x7d, Operand.NONE, 1),
    DICT(0x64, Operand.NONE, 0),
    SETITEM(0x73, Operand.NONE, 0),
    SETITEMS(0x75, Operand.NONE, 1),
    EMPTY_SET(0x8f, Operand.NONE, 4),
    ADDITEMS(0x90, Operand.NONE, 4),
    FROZENSET(0x91, Operand.NONE, 4),
    POP(0x30, Operand.NONE, 0),
    DUP(0x32, Operand.NONE, 0),
    MARK(0x28, Operand.NONE, 0),
    POP_MARK(0x31, Operand.NONE, 1),
    GET(0x67, Operand.LINE, 0),
    BINGET(0x68, Operand.U8, 1),
    LONG_BINGET(0x6a, Operand.U32, 1),
    PUT(0x70, Operand.LINE, 0),
    BINPUT(0x71, Operand.U8, 1),
    LONG_BINPUT(0x72, Operand.U32, 1),
    MEMOIZE(0x94, Operand.NONE, 4),
    EXT1(0x82, Operand.U8, 2),
    EXT2(0x83, Operand.U16, 2),
    EXT4(0x84, Operand.I32, 2),
    GLOBAL(0x63, Operand.TWO_LINES, 0),
    STACK_GLOBAL(0x93, Operand.NONE, 4),
    REDUCE(0x52, Operand.NONE, 0),
    BUILD(0x62, Operand.NONE, 0),
    INST(0x69, Operand.TWO_LINES, 0),
    OBJ(0x6f, Operand.NONE, 1),
    NEWOBJ(0x81, Operand.NONE, 2),
    NEWOBJ_EX(0x92, Operand.NONE, 4),
    PROTO(0x80, Operand.U8, 2),
    STOP(0x2e, Operand.NONE, 0),
    FRAME(0x95, Operand.U64, 4),
    PERSID(0x50, Operand.LINE, 0),
    BINPERSID(0x51, Operand.NONE, 1);

    /** What follows the opcode byte. Numbers are little-endian, {@link #FLOAT64} excepted. */
    public enum Operand {
        NONE,
        U8,
        U16,
        I32,
        U32,
        U64,
        /** 8 bytes, big-endian. */
        FLOAT64,
        /** Text up to a line feed. */
        LINE,
        TWO_LINES,
        /** A count of one byte and that many bytes. */
        BYTES_U8,
        /** A count of four bytes, not negative, and that many bytes. */
        BYTES_I32,
        BYTES_U32,
        BYTES_U64
    }

    private static final @Nullable Opcode[] BY_CODE = new Opcode[256];

    static {
        for (Opcode opcode : values()) {
            BY_CODE[opcode.code] = opcode;
        }
    }

    private final int code;
    private final Operand operand;
    private final int protocol;

    Opcode(int code, Operand operand, int protocol) {
        this.code = code;
        this.operand = operand;
        this.protocol = protocol;
    }

    /** Returns the opcode of a byte (0 to 255), null if there is none. */
    public static @Nullable Opcode of(int code) {
        return BY_CODE[code];
    }

    /** Returns the byte, 0 to 255. */
    public int code() {
        return code;
    }

    public Operand operand() {
        return operand;
    }

    /** Returns the first protocol that has this opcode. */
    public int protocol() {
        return protocol;
    }
}
