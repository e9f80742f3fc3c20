package gitzodb.pickle;

import gitzodb.bytes.ByteCursor;
import gitzodb.bytes.Bytes;
import java.util.HexFormat;

/** Reads data as instructions, whatever they mean: the level below {@link PickleReader}. Not for several threads. */
public final class InstructionReader {
    private final Bytes data;
    private final ByteCursor<PickleException> cursor;

    public InstructionReader(Bytes data) {
        this.data = data;
        this.cursor = new ByteCursor<>(data, PickleException::new);
    }

    public boolean atEnd() {
        return cursor.atEnd();
    }

    public Instruction next() throws PickleException {
        int offset = cursor.offset();
        int code = cursor.u8();
        Opcode opcode = Opcode.of(code);
        if (opcode == null) {
            throw new PickleException(offset, unknown(code));
        }
        return switch (opcode.operand()) {
            case NONE -> new Instruction(offset, opcode, 0, Bytes.EMPTY);
            case U8 -> number(offset, opcode, cursor.u8());
            case U16 -> number(offset, opcode, cursor.u16LittleEndian());
            case I32 -> number(offset, opcode, cursor.i32LittleEndian());
            case U32 -> number(offset, opcode, cursor.u32LittleEndian());
            case U64 -> number(offset, opcode, cursor.i64LittleEndian());
            case FLOAT64 -> number(offset, opcode, cursor.i64BigEndian());
            case LINE -> content(offset, opcode, cursor.line());
            case TWO_LINES -> {
                int start = cursor.offset();
                cursor.line();
                cursor.line();
                yield content(offset, opcode, data.slice(start, cursor.offset() - 1));
            }
            case BYTES_U8 -> content(offset, opcode, cursor.bytes(cursor.u8()));
            case BYTES_I32 -> content(offset, opcode, cursor.bytes(cursor.i32LittleEndian()));
            case BYTES_U32 -> content(offset, opcode, cursor.bytes(cursor.u32LittleEndian()));
            case BYTES_U64 -> content(offset, opcode, cursor.bytes(cursor.i64LittleEndian()));
        };
    }

    /** Says that there is no such opcode; a byte that is a printable character is shown as one. */
    static String unknown(int code) {
        String shown = code > ' ' && code < 0x7f ? " '" + (char) code + "'" : "";
        return "unknown opcode 0x" + HexFormat.of().toHexDigits((byte) code) + shown;
    }

    private static Instruction number(int offset, Opcode opcode, long number) {
        return new Instruction(offset, opcode, number, Bytes.EMPTY);
    }

    private static Instruction content(int offset, Opcode opcode, Bytes content) {
        return new Instruction(offset, opcode, 0, content);
    }
}
