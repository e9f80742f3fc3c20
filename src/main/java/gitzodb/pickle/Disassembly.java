package gitzodb.pickle;

import gitzodb.bytes.Bytes;
import java.util.Locale;

/** Pickles as text: one line an instruction with offset, name and operand. */
public final class Disassembly {
    private static final int LONGEST_SHOWN = 60;

    private Disassembly() {}

    /** Returns the text of all instructions; where the data ends being pickles, the last line says why. */
    public static String of(Bytes data) {
        StringBuilder text = new StringBuilder();
        InstructionReader reader = new InstructionReader(data);
        try {
            while (!reader.atEnd()) {
                Instruction instruction = reader.next();
                text.append(String.format(Locale.ROOT, "%6d: ", instruction.offset()))
                        .append(line(instruction))
                        .append('\n');
            }
        } catch (PickleException e) {
            text.append("   ...: ").append(e.getMessage()).append('\n');
        }
        return text.toString();
    }

    /** Returns name and operand of one instruction. */
    static String line(Instruction instruction) {
        Opcode opcode = instruction.opcode();
        return switch (opcode.operand()) {
            case NONE -> opcode.name();
            case U8, U16, I32, U32 -> opcode + " " + instruction.number();
            case U64 -> opcode + " " + Long.toUnsignedString(instruction.number());
            case FLOAT64 -> opcode + " " + Double.longBitsToDouble(instruction.number());
            case LINE, TWO_LINES, BYTES_U8, BYTES_I32, BYTES_U32, BYTES_U64 ->
                opcode + " " + quoted(instruction.content());
        };
    }

    private static String quoted(Bytes content) {
        StringBuilder text = new StringBuilder("'");
        for (int i = 0; i < Math.min(LONGEST_SHOWN, content.length()); i++) {
            int letter = content.at(i) & 0xff;
            if (letter >= ' ' && letter < 0x7f && letter != '\\' && letter != '\'') {
                text.append((char) letter);
            } else {
                text.append(String.format(Locale.ROOT, "\\x%02x", letter));
            }
        }
        text.append('\'');
        return content.length() > LONGEST_SHOWN ? text + "... (" + content.length() + " bytes)" : text.toString();
    }
}
