package gitzodb.pickle;

import gitzodb.bytes.Bytes;

/** Writes instructions, byte for byte as they were read. Not for several threads. */
public final class InstructionWriter {
    private final PickleOutput out = new PickleOutput();

    /** Writes one instruction; its offset does not matter. */
    public void write(Instruction instruction) {
        out.opcode(instruction.opcode());
        long number = instruction.number();
        Bytes content = instruction.content();
        switch (instruction.opcode().operand()) {
            case NONE -> {}
            case U8 -> out.u8((int) number);
            case U16 -> out.u16((int) number);
            case I32, U32 -> out.i32((int) number);
            case U64 -> out.i64(number);
            case FLOAT64 -> out.i64BigEndian(number);
            case LINE, TWO_LINES -> {
                out.bytes(content);
                out.u8('\n');
            }
            case BYTES_U8 -> {
                out.u8(content.length());
                out.bytes(content);
            }
            case BYTES_I32, BYTES_U32 -> out.counted32(content);
            case BYTES_U64 -> {
                out.i64(content.length());
                out.bytes(content);
            }
        }
    }

    /** Returns all that was written. */
    public Bytes toBytes() {
        return out.toBytes();
    }
}
