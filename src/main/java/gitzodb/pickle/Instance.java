package gitzodb.pickle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object that a pickle makes by a call: a callable (nearly always a {@link Value.Global}), its arguments, and what is
 * then put into it. Items and entries come before the state, as every pickler writes them.
 */
public final class Instance implements Value.Node {
    /** How the object is made; the names are those of the opcodes. */
    public enum How {
        /** {@code callable(*args)}. */
        REDUCE,
        /** {@code cls.__new__(cls, *args)}. */
        NEWOBJ,
        /** {@code cls.__new__(cls, *args, **kwargs)}; protocol 4 and later. */
        NEWOBJ_EX,
        /** An old-style instance of Python 2, by OBJ or INST. */
        OBJ
    }

    /** What NEWOBJ_EX stands for; the two spellings are read as one, since only this one exists before protocol 4. */
    static final Value.Global NEWOBJ_EX_CALLABLE = new Value.Global("copyreg", "__newobj_ex__");

    private final How how;
    private final Value callable;
    private final Value args;
    private final @Nullable Value kwargs;
    private final List<Value> items = new ArrayList<>(0);
    private final List<PyDict.Entry> entries = new ArrayList<>(0);
    private @Nullable Value state;

    public Instance(How how, Value callable, Value args, @Nullable Value kwargs) {
        this.how = how;
        this.callable = callable;
        this.args = args;
        this.kwargs = kwargs;
    }

    public static Instance reduce(Value callable, Value... args) {
        return new Instance(How.REDUCE, callable, PyTuple.of(args), null);
    }

    public static Instance newobj(Value cls, Value... args) {
        return new Instance(How.NEWOBJ, cls, PyTuple.of(args), null);
    }

    public How how() {
        return how;
    }

    public Value callable() {
        return callable;
    }

    /** Returns the arguments: a {@link PyTuple} but for odd pickles. */
    public Value args() {
        return args;
    }

    /** Returns the keyword arguments of NEWOBJ_EX, else null. */
    public @Nullable Value kwargs() {
        return kwargs;
    }

    /** Returns what is appended to the object (list subclasses, deque); changes to it change this object. */
    public List<Value> items() {
        return items;
    }

    /** Returns what is set as items (dict subclasses), in order; changes to it change this object. */
    public List<PyDict.Entry> entries() {
        return entries;
    }

    /** Returns the state of BUILD, null if there is none (a state of {@code None} is {@link Value#NONE}). */
    public @Nullable Value state() {
        return state;
    }

    public Instance state(@Nullable Value newState) {
        state = newState;
        return this;
    }

    @Override
    public String toString() {
        return how + " of " + (callable instanceof Value.Global ? callable : "a value");
    }
}
