package gitzodb.pickle;

import gitzodb.bytes.Bytes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes values as pickles of protocol 1, 2 or 3, by the rule that Python's C picklers follow when every value that can
 * be memoised is (zodb-formats §3.7): for what Python 3 wrote, reading and writing gives the same bytes. Sharing is
 * identity of the Java objects, text and bytes included; a class or function is one whatever object names it. The memo
 * lasts from one pickle to the next.
 *
 * <p>The protocol chooses between spellings. What has none in the protocol asked for is written with its newer opcode,
 * which the readers of the time take: {@link Value.Binary} and {@link Value.Extension} in every protocol, NEWOBJ since
 * Python 2.3. Not for several threads.
 */
public final class PickleWriter {
    private static final int LOWEST_PROTOCOL = 1;
    private static final int HIGHEST_PROTOCOL = 3;

    private final boolean python2;
    private final int protocol;
    private final PickleOutput out = new PickleOutput();
    private final WriteMemo memo;
    private final Deque<WriteStep> steps = new ArrayDeque<>();

    /**
     * Returns a writer.
     *
     * @param protocol the protocol wanted; 0 is written as 1, and what is above 3 as 3, the highest that ZODB reads
     */
    public PickleWriter(Generation generation, int protocol) {
        this.python2 = generation == Generation.PYTHON2;
        this.protocol = Math.clamp(protocol, LOWEST_PROTOCOL, HIGHEST_PROTOCOL);
        this.memo = new WriteMemo(python2 ? 1 : 0);
    }

    /**
     * Writes one pickle.
     *
     * @throws IllegalArgumentException if a class or function has a line feed in its name
     */
    public void write(Value value) {
        if (protocol >= 2) {
            out.opcode(Opcode.PROTO);
            out.u8(protocol);
        }
        save(value);
        while (!steps.isEmpty()) {
            WriteStep step = steps.peek();
            if (!step.advance(this)) {
                steps.pop();
            }
        }
        out.opcode(Opcode.STOP);
    }

    /** Returns all pickles written so far, one after the other. */
    public Bytes toBytes() {
        return out.toBytes();
    }

    boolean python2() {
        return python2;
    }

    boolean shortTuples() {
        return protocol >= 2;
    }

    void opcode(Opcode opcode) {
        out.opcode(opcode);
    }

    /** Writes a leaf, or what the memo has, and puts off the rest. */
    void save(Value value) {
        if (getIfKnown(value)) {
            return;
        }
        switch (value) {
            case Value.None none -> out.opcode(Opcode.NONE);
            case Value.Bool(boolean flag) -> bool(flag);
            case Value.Int(long number) -> integer(number);
            case Value.BigInt(BigInteger number) -> longInteger(number);
            case Value.PyFloat number -> {
                out.opcode(Opcode.BINFLOAT);
                out.i64BigEndian(number.bits());
            }
            case Value.Text(String text) -> {
                out.opcode(Opcode.BINUNICODE);
                out.counted32(Bytes.wrap(PythonUtf8.write(text)));
                putUnlessTiny(value, text.length());
            }
            case Value.OddText(Bytes utf8) -> {
                out.opcode(Opcode.BINUNICODE);
                out.counted32(utf8);
                put(value);
            }
            case Value.Str(Bytes bytes) -> {
                counted(bytes, Opcode.SHORT_BINSTRING, Opcode.BINSTRING);
                putUnlessTiny(value, bytes.length());
            }
            case Value.Binary(Bytes bytes) -> {
                counted(bytes, Opcode.SHORT_BINBYTES, Opcode.BINBYTES);
                put(value);
            }
            case Value.Global global -> {
                out.opcode(Opcode.GLOBAL);
                line(global.module());
                line(global.name());
                put(value);
            }
            case Value.Extension(int code) -> extension(code);
            case Value.Withheld withheld -> throw new IllegalArgumentException("a value that is kept back");
            case Value.Absent absent -> throw new IllegalArgumentException("an attribute that is not there");
            case Value.LeftOut content -> throw new IllegalArgumentException("content that is left out");
            case Value.PersistentId(Value id) -> steps.push(new WriteStep.OfPersistentId(id));
            case PyList list -> {
                out.opcode(Opcode.EMPTY_LIST);
                put(list);
                steps.push(new WriteStep.Appends(list.items(), !python2));
            }
            case PyDict dict -> {
                out.opcode(Opcode.EMPTY_DICT);
                put(dict);
                steps.push(new WriteStep.SetItems(dict.entries(), true));
            }
            case PyTuple tuple -> {
                if (tuple.items().isEmpty()) {
                    out.opcode(Opcode.EMPTY_TUPLE);
                } else {
                    steps.push(new WriteStep.OfTuple(tuple));
                }
            }
            case Instance instance -> steps.push(new WriteStep.OfInstance(instance));
        }
    }

    /** Puts off a part of what is being written. */
    void push(WriteStep step) {
        steps.push(step);
    }

    void put(Value value) {
        int number = memo.put(value);
        if (number < 256) {
            out.opcode(Opcode.BINPUT);
            out.u8(number);
        } else {
            out.opcode(Opcode.LONG_BINPUT);
            out.i32(number);
        }
    }

    /** Writes a GET if the value is in the memo; returns whether it is. */
    boolean getIfKnown(Value value) {
        int number = memo.number(value);
        if (number == WriteMemo.UNKNOWN) {
            return false;
        }
        if (number < 256) {
            out.opcode(Opcode.BINGET);
            out.u8(number);
        } else {
            out.opcode(Opcode.LONG_BINGET);
            out.i32(number);
        }
        return true;
    }

    boolean isKnown(Value value) {
        return memo.number(value) != WriteMemo.UNKNOWN;
    }

    /** Python 2 never memoises strings of fewer than two characters. */
    private void putUnlessTiny(Value value, int length) {
        if (!python2 || length >= 2) {
            put(value);
        }
    }

    private void bool(boolean flag) {
        if (protocol >= 2) {
            out.opcode(flag ? Opcode.NEWTRUE : Opcode.NEWFALSE);
        } else {
            out.opcode(Opcode.INT);
            line(flag ? "01" : "00");
        }
    }

    private void integer(long number) {
        if (number >= 0 && number < 1 << 8) {
            out.opcode(Opcode.BININT1);
            out.u8((int) number);
        } else if (number >= 0 && number < 1 << 16) {
            out.opcode(Opcode.BININT2);
            out.u16((int) number);
        } else if (number == (int) number) {
            out.opcode(Opcode.BININT);
            out.i32((int) number);
        } else if (python2) {
            out.opcode(Opcode.INT);
            line(Long.toString(number));
        } else {
            longInteger(BigInteger.valueOf(number));
        }
    }

    private void longInteger(BigInteger number) {
        if (protocol < 2) {
            out.opcode(Opcode.LONG);
            line(number + "L");
            return;
        }
        byte[] bytes = number.signum() == 0 ? new byte[0] : number.toByteArray();
        if (bytes.length < 256) {
            out.opcode(Opcode.LONG1);
            out.u8(bytes.length);
        } else {
            out.opcode(Opcode.LONG4);
            out.i32(bytes.length);
        }
        for (int i = bytes.length - 1; i >= 0; i--) {
            out.u8(bytes[i]);
        }
    }

    private void counted(Bytes bytes, Opcode shortForm, Opcode longForm) {
        if (bytes.length() < 256) {
            out.opcode(shortForm);
            out.u8(bytes.length());
            out.bytes(bytes);
        } else {
            out.opcode(longForm);
            out.counted32(bytes);
        }
    }

    private void extension(int code) {
        if (code < 1 << 8) {
            out.opcode(Opcode.EXT1);
            out.u8(code);
        } else if (code < 1 << 16) {
            out.opcode(Opcode.EXT2);
            out.u16(code);
        } else {
            out.opcode(Opcode.EXT4);
            out.i32(code);
        }
    }

    private void line(String text) {
        if (text.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a name with a line feed cannot be pickled: " + text.strip());
        }
        out.bytes(Bytes.wrap(PythonUtf8.write(text)));
        out.bytes(Bytes.wrap("\n".getBytes(StandardCharsets.US_ASCII)));
    }
}
