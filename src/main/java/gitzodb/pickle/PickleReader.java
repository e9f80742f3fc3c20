package gitzodb.pickle;

import gitzodb.bytes.ByteCursor;
import gitzodb.bytes.Bytes;
import java.math.BigInteger;
import java.util.List;

/**
 * Reads pickles of protocols 0 to 5 as values. The memo lasts from one pickle to the next, as the two pickles of a record
 * need it. What is read from the memo twice is one Java object, so that sharing and cycles are kept. Nothing is looked
 * up, made or called; memory stays in proportion to the data, whatever the data claims. Not for several threads.
 */
public final class PickleReader {
    /** Bytes of the longest LONG taken, for the reason of {@link TextOperand#MOST_DIGITS}. */
    private static final int LONGEST_LONG = 1 << 16;

    private static final int HIGHEST_PROTOCOL = 5;
    private static final long NO_FRAME = -1;

    private final ByteCursor<PickleException> cursor;
    private final boolean python2;
    private final ReadStack stack = new ReadStack();
    private final ReadMemo memo = new ReadMemo();
    private int protocol;
    private long frameEnd = NO_FRAME;
    /** The opcode at work and its offset, for messages. */
    private Opcode opcode = Opcode.STOP;

    private int opcodeOffset;

    public PickleReader(Bytes data, Generation generation) {
        this.cursor = new ByteCursor<>(data, PickleException::new);
        this.python2 = generation == Generation.PYTHON2;
    }

    /** Returns the offset of the next pickle, in bytes from the start of the data. */
    public int offset() {
        return cursor.offset();
    }

    public boolean atEnd() {
        return cursor.atEnd();
    }

    /** Returns the highest protocol that a pickle read so far has declared, 0 if none has. */
    public int protocol() {
        return protocol;
    }

    /** Reads one pickle, up to its STOP; as in Python, what else is on its stack does not count. After an exception this reader is of no further use. */
    public Value read() throws PickleException {
        stack.clear();
        do {
            opcodeOffset = cursor.offset();
            int code = cursor.u8();
            Opcode known = Opcode.of(code);
            if (known == null) {
                throw new PickleException(opcodeOffset, InstructionReader.unknown(code));
            }
            opcode = known;
            execute();
            checkFrame();
        } while (opcode != Opcode.STOP);
        return pop();
    }

    private void execute() throws PickleException {
        switch (opcode) {
            case INT -> stack.push(textInt());
            case BININT -> stack.push(new Value.Int(cursor.i32LittleEndian()));
            case BININT1 -> stack.push(new Value.Int(cursor.u8()));
            case BININT2 -> stack.push(new Value.Int(cursor.u16LittleEndian()));
            case LONG -> stack.push(longOf(number(cursor.line(), TextOperand::longInteger)));
            case LONG1 -> stack.push(longOf(binaryLong(cursor.u8())));
            case LONG4 -> stack.push(longOf(binaryLong(cursor.i32LittleEndian())));
            case STRING -> stack.push(new Value.Str(number(cursor.line(), TextOperand::string)));
            case BINSTRING -> stack.push(new Value.Str(cursor.bytes(cursor.i32LittleEndian())));
            case SHORT_BINSTRING -> stack.push(new Value.Str(cursor.bytes(cursor.u8())));
            case BINBYTES -> stack.push(new Value.Binary(cursor.bytes(cursor.u32LittleEndian())));
            case SHORT_BINBYTES -> stack.push(new Value.Binary(cursor.bytes(cursor.u8())));
            case BINBYTES8 -> stack.push(new Value.Binary(cursor.bytes(cursor.i64LittleEndian())));
            case BYTEARRAY8 -> {
                Value content = new Value.Binary(cursor.bytes(cursor.i64LittleEndian()));
                stack.push(Instance.reduce(builtin("bytearray"), content));
            }
            case NEXT_BUFFER, READONLY_BUFFER -> throw failure("a buffer outside of the pickle cannot be had");
            case NONE -> stack.push(Value.NONE);
            case NEWTRUE -> stack.push(Value.TRUE);
            case NEWFALSE -> stack.push(Value.FALSE);
            case UNICODE -> stack.push(number(cursor.line(), TextOperand::unicode));
            case SHORT_BINUNICODE -> stack.push(text(cursor.bytes(cursor.u8())));
            case BINUNICODE -> stack.push(text(cursor.bytes(cursor.u32LittleEndian())));
            case BINUNICODE8 -> stack.push(text(cursor.bytes(cursor.i64LittleEndian())));
            case FLOAT -> stack.push(Value.PyFloat.of(number(cursor.line(), TextOperand::floating)));
            case BINFLOAT -> stack.push(new Value.PyFloat(cursor.i64BigEndian()));
            case EMPTY_LIST -> stack.push(new PyList());
            case APPEND -> {
                Value item = pop();
                append(List.of(item));
            }
            case APPENDS -> append(popMark());
            case LIST -> stack.push(new PyList(popMark()));
            case EMPTY_TUPLE -> stack.push(PyTuple.EMPTY);
            case TUPLE -> stack.push(new PyTuple(popMark()));
            case TUPLE1 -> stack.push(PyTuple.of(pop()));
            case TUPLE2 -> {
                Value second = pop();
                stack.push(PyTuple.of(pop(), second));
            }
            case TUPLE3 -> {
                Value third = pop();
                Value second = pop();
                stack.push(PyTuple.of(pop(), second, third));
            }
            case EMPTY_DICT -> stack.push(new PyDict());
            case DICT -> {
                List<Value> pairs = popMark();
                PyDict dict = new PyDict();
                setItems(dict, pairs);
                stack.push(dict);
            }
            case SETITEM -> {
                Value value = pop();
                Value key = pop();
                setItems(top(), List.of(key, value));
            }
            case SETITEMS -> {
                List<Value> pairs = popMark();
                setItems(top(), pairs);
            }
            case EMPTY_SET -> stack.push(Instance.reduce(builtin("set"), new PyList()));
            case ADDITEMS -> {
                List<Value> items = popMark();
                membersOfSet(top()).items().addAll(items);
            }
            case FROZENSET -> {
                PyList members = new PyList(popMark());
                stack.push(Instance.reduce(builtin("frozenset"), members));
            }
            case POP -> {
                if (stack.depth() == 0 && stack.hasMark()) {
                    stack.popMark();
                } else {
                    pop();
                }
            }
            case DUP -> stack.push(top());
            case MARK -> stack.mark();
            case POP_MARK -> popMark();
            case GET -> get(memoNumber());
            case BINGET -> get(cursor.u8());
            case LONG_BINGET -> get(cursor.u32LittleEndian());
            case PUT -> memo.put(memoNumber(), top());
            case BINPUT -> memo.put(cursor.u8(), top());
            case LONG_BINPUT -> memo.put(cursor.u32LittleEndian(), top());
            case MEMOIZE -> memo.put(memo.count(), top());
            case EXT1 -> extension(cursor.u8());
            case EXT2 -> extension(cursor.u16LittleEndian());
            case EXT4 -> extension(cursor.i32LittleEndian());
            case GLOBAL -> stack.push(global());
            case STACK_GLOBAL -> {
                String name = name(pop());
                stack.push(new Value.Global(name(pop()), name));
            }
            case REDUCE -> {
                Value args = pop();
                stack.push(reduce(pop(), args));
            }
            case BUILD -> {
                Value state = pop();
                build(top(), state);
            }
            case INST -> {
                Value.Global cls = global();
                stack.push(new Instance(Instance.How.OBJ, cls, new PyTuple(popMark()), null));
            }
            case OBJ -> {
                List<Value> parts = popMark();
                if (parts.isEmpty()) {
                    throw failure("no class");
                }
                Value args = new PyTuple(parts.subList(1, parts.size()));
                stack.push(new Instance(Instance.How.OBJ, parts.getFirst(), args, null));
            }
            case NEWOBJ -> {
                Value args = tuple(pop());
                stack.push(new Instance(Instance.How.NEWOBJ, pop(), args, null));
            }
            case NEWOBJ_EX -> {
                Value kwargs = pop();
                Value args = tuple(pop());
                stack.push(new Instance(Instance.How.NEWOBJ_EX, pop(), args, kwargs));
            }
            case PROTO -> {
                int declared = cursor.u8();
                if (declared > HIGHEST_PROTOCOL) {
                    throw failure("protocol " + declared + " is not known");
                }
                protocol = Math.max(protocol, declared);
            }
            case STOP -> {}
            case FRAME -> frame(cursor.i64LittleEndian());
            case PERSID -> {
                Bytes line = cursor.line();
                stack.push(new Value.PersistentId(python2 ? new Value.Str(line) : text(line)));
            }
            case BINPERSID -> {
                Value id = pop();
                if (id instanceof Value.PersistentId) {
                    throw failure("a persistent id is no persistent id of another object");
                }
                stack.push(new Value.PersistentId(python2 ? id : EncodedBytes.inId(id)));
            }
        }
    }

    private Value pop() throws PickleException {
        if (stack.depth() == 0) {
            throw failure("nothing on the stack");
        }
        return stack.pop();
    }

    private Value top() throws PickleException {
        if (stack.depth() == 0) {
            throw failure("nothing on the stack");
        }
        return stack.peek(0);
    }

    private List<Value> popMark() throws PickleException {
        if (!stack.hasMark()) {
            throw failure("no mark on the stack");
        }
        return stack.popMark();
    }

    private void frame(long length) throws PickleException {
        if (frameEnd != NO_FRAME || length < 0 || length > cursor.remaining()) {
            throw failure("a frame of " + Long.toUnsignedString(length) + " bytes, " + cursor.remaining() + " left");
        }
        frameEnd = cursor.offset() + length;
    }

    private void checkFrame() throws PickleException {
        if (frameEnd == NO_FRAME) {
            return;
        }
        if (cursor.offset() > frameEnd || (opcode == Opcode.STOP && cursor.offset() != frameEnd)) {
            throw failure("the frame ends at " + frameEnd);
        }
        if (cursor.offset() == frameEnd) {
            frameEnd = NO_FRAME;
        }
    }

    private void get(long number) throws PickleException {
        Value value = memo.get(number);
        if (value == null) {
            throw failure("nothing in the memo as number " + number);
        }
        stack.push(value);
    }

    private long memoNumber() throws PickleException {
        BigInteger number = number(cursor.line(), TextOperand::integer);
        if (number.signum() < 0 || number.bitLength() > Integer.SIZE) {
            throw failure("no number for a memo");
        }
        return number.longValue();
    }

    private void extension(int code) throws PickleException {
        if (code <= 0) {
            throw failure("extension code " + code);
        }
        stack.push(new Value.Extension(code));
    }

    private Value textInt() throws PickleException {
        Bytes line = cursor.line();
        if (line.length() == 2 && line.at(0) == '0' && (line.at(1) == '0' || line.at(1) == '1')) {
            return line.at(1) == '1' ? Value.TRUE : Value.FALSE;
        }
        BigInteger number = number(line, TextOperand::integer);
        return number.bitLength() < Long.SIZE ? new Value.Int(number.longValue()) : new Value.BigInt(number);
    }

    private Value longOf(BigInteger number) {
        return !python2 && number.bitLength() < Long.SIZE
                ? new Value.Int(number.longValue())
                : new Value.BigInt(number);
    }

    private BigInteger binaryLong(int length) throws PickleException {
        if (length > LONGEST_LONG) {
            throw failure("a number of " + length + " bytes is more than the " + LONGEST_LONG + " allowed");
        }
        byte[] bytes = cursor.bytes(length).toArray();
        for (int i = 0, j = length - 1; i < j; i++, j--) {
            byte low = bytes[i];
            bytes[i] = bytes[j];
            bytes[j] = low;
        }
        return length == 0 ? BigInteger.ZERO : new BigInteger(bytes);
    }

    private Value text(Bytes utf8) throws PickleException {
        Value text = PythonUtf8.read(utf8);
        if (text == null) {
            throw failure("text that is no UTF-8");
        }
        return text;
    }

    private Value.Global global() throws PickleException {
        String module = name(text(cursor.line()));
        return new Value.Global(module, name(text(cursor.line())));
    }

    private String name(Value value) throws PickleException {
        String name = switch (value) {
            case Value.Text(String text) -> text;
            case Value.Str(Bytes bytes) when bytes.isAscii() -> bytes.latin1();
            default -> throw failure("a name is no text");
        };
        if (name.indexOf('\n') >= 0) {
            throw failure("a name with a line feed");
        }
        return name;
    }

    private Value.Global builtin(String name) {
        return new Value.Global(python2 ? "__builtin__" : "builtins", name);
    }

    private PyTuple tuple(Value args) throws PickleException {
        if (args instanceof PyTuple tuple) {
            return tuple;
        }
        throw failure("the arguments are no tuple");
    }

    /** NEWOBJ_EX has no spelling below protocol 4 but the call of this function. */
    private static Instance reduce(Value callable, Value args) {
        if (callable.equals(Instance.NEWOBJ_EX_CALLABLE)
                && args instanceof PyTuple tuple
                && tuple.items().size() == 3
                && tuple.items().get(1) instanceof PyTuple newArgs) {
            return new Instance(
                    Instance.How.NEWOBJ_EX,
                    tuple.items().get(0),
                    newArgs,
                    tuple.items().get(2));
        }
        return new Instance(Instance.How.REDUCE, callable, args, null);
    }

    private void append(List<Value> items) throws PickleException {
        Value target = top();
        if (target instanceof PyList list) {
            list.items().addAll(items);
        } else if (target instanceof Instance instance) {
            if (!items.isEmpty()
                    && (instance.state() != null || !instance.entries().isEmpty())) {
                throw failure("items after the state of an object");
            }
            instance.items().addAll(items);
        } else {
            throw failure(
                    "nothing can be appended to this: " + target.getClass().getSimpleName());
        }
    }

    private void setItems(Value target, List<Value> pairs) throws PickleException {
        if (pairs.size() % 2 != 0) {
            throw failure("a key without a value");
        }
        if (!(target instanceof PyDict) && !(target instanceof Instance)) {
            throw failure("nothing can be set in this: " + target.getClass().getSimpleName());
        }
        if (target instanceof Instance instance && instance.state() != null && !pairs.isEmpty()) {
            throw failure("entries after the state of an object");
        }
        for (int i = 0; i < pairs.size(); i += 2) {
            if (target instanceof PyDict dict) {
                dict.put(pairs.get(i), pairs.get(i + 1));
            } else if (target instanceof Instance instance) {
                instance.entries().add(new PyDict.Entry(pairs.get(i), pairs.get(i + 1)));
            }
        }
    }

    private PyList membersOfSet(Value target) throws PickleException {
        if (target instanceof Instance instance
                && instance.callable().equals(builtin("set"))
                && instance.args() instanceof PyTuple args
                && args.items().size() == 1
                && args.items().getFirst() instanceof PyList members) {
            return members;
        }
        throw failure("nothing can be added to this: " + target.getClass().getSimpleName());
    }

    private void build(Value target, Value state) throws PickleException {
        if (!(target instanceof Instance instance)) {
            throw failure("this takes no state: " + target.getClass().getSimpleName());
        }
        if (instance.state() != null) {
            throw failure("a second state for one object");
        }
        instance.state(state);
    }

    private <T> T number(Bytes line, TextReader<T> reader) throws PickleException {
        try {
            return reader.read(line);
        } catch (NumberFormatException e) {
            throw failure("malformed text: " + e.getMessage());
        }
    }

    private PickleException failure(String message) {
        return new PickleException(opcodeOffset, opcode + ": " + message);
    }

    /** Reads the operand of an opcode of protocol 0. */
    @FunctionalInterface
    private interface TextReader<T> {
        T read(Bytes line);
    }
}
