package gitzodb.pickle;

import java.util.Iterator;
import java.util.List;

/** What is left to write of one value: a place on the stack that stands in for recursion. */
abstract sealed class WriteStep {
    /** How many items Python writes at a time. */
    private static final int BATCH = 1000;

    /** Writes the next part, which may put off parts of its own; returns false, having written nothing, at the end. */
    abstract boolean advance(PickleWriter writer);

    static final class OfPersistentId extends WriteStep {
        private final Value id;
        private int stage;

        OfPersistentId(Value id) {
            this.id = id;
        }

        @Override
        boolean advance(PickleWriter writer) {
            switch (stage++) {
                case 0 -> writer.save(id);
                case 1 -> writer.opcode(Opcode.BINPERSID);
                default -> {
                    return false;
                }
            }
            return true;
        }
    }

    /** A tuple is memoised after its items; if these hold it again, it is known by then and its items are dropped. */
    static final class OfTuple extends WriteStep {
        private final PyTuple tuple;
        private final int size;
        private int next;

        OfTuple(PyTuple tuple) {
            this.tuple = tuple;
            this.size = tuple.items().size();
        }

        @Override
        boolean advance(PickleWriter writer) {
            boolean counted = size <= 3 && writer.shortTuples();
            if (next > size) {
                return false;
            }
            if (next == 0 && !counted) {
                writer.opcode(Opcode.MARK);
            }
            if (next < size) {
                writer.save(tuple.items().get(next++));
                return true;
            }
            next++;
            if (writer.isKnown(tuple)) {
                for (int i = 0; counted && i < size; i++) {
                    writer.opcode(Opcode.POP);
                }
                if (!counted) {
                    writer.opcode(Opcode.POP_MARK);
                }
                writer.getIfKnown(tuple);
            } else {
                writer.opcode(
                        !counted
                                ? Opcode.TUPLE
                                : size == 1 ? Opcode.TUPLE1 : size == 2 ? Opcode.TUPLE2 : Opcode.TUPLE3);
                writer.put(tuple);
            }
            return true;
        }
    }

    /** Items in batches; {@code exact} is how Python 3 writes a list itself: a last batch of one has a mark, too. */
    static final class Appends extends WriteStep {
        private final List<Value> items;
        private final boolean exact;
        private int next;
        private int batchEnd;
        private Opcode end = Opcode.APPENDS;

        Appends(List<Value> items, boolean exact) {
            this.items = items;
            this.exact = exact;
        }

        @Override
        boolean advance(PickleWriter writer) {
            if (next == batchEnd) {
                if (next > 0) {
                    writer.opcode(end);
                }
                if (next == items.size()) {
                    return false;
                }
                batchEnd = Math.min(items.size(), next + BATCH);
                end = batchEnd - next == 1 && (!exact || next == 0) ? Opcode.APPEND : Opcode.APPENDS;
                if (end == Opcode.APPENDS) {
                    writer.opcode(Opcode.MARK);
                }
            }
            writer.save(items.get(next++));
            return true;
        }
    }

    /** Entries in batches; {@code exact} is how Python writes a dict itself: after a full batch there is always one. */
    static final class SetItems extends WriteStep {
        private final List<PyDict.Entry> entries;
        private final Iterator<PyDict.Entry> iterator;
        private final boolean exact;
        private int left;
        private int inBatch;
        private PyDict.@org.jspecify.annotations.Nullable Entry pending;
        private @org.jspecify.annotations.Nullable Opcode end;

        SetItems(List<PyDict.Entry> entries, boolean exact) {
            this.entries = entries;
            this.iterator = entries.iterator();
            this.exact = exact;
            this.left = entries.size();
        }

        @Override
        boolean advance(PickleWriter writer) {
            if (pending != null) {
                writer.save(pending.value());
                pending = null;
                return true;
            }
            if (inBatch == 0 && end != null) {
                Opcode closing = end;
                end = null;
                writer.opcode(closing);
                boolean full = closing == Opcode.SETITEMS && (entries.size() - left) % BATCH == 0;
                if (left == 0 && exact && full) {
                    writer.opcode(Opcode.MARK);
                    writer.opcode(Opcode.SETITEMS);
                }
            }
            if (left == 0) {
                return false;
            }
            if (inBatch == 0) {
                inBatch = Math.min(left, BATCH);
                end = left == 1 && (!exact || entries.size() == 1) ? Opcode.SETITEM : Opcode.SETITEMS;
                if (end == Opcode.SETITEMS) {
                    writer.opcode(Opcode.MARK);
                }
            }
            PyDict.Entry entry = iterator.next();
            left--;
            inBatch--;
            pending = entry;
            writer.save(entry.key());
            return true;
        }
    }

    /** An instance is memoised once it is made; if the arguments hold it, it is known by then and made a second time. */
    static final class OfInstance extends WriteStep {
        private final Instance instance;
        private Stage stage = Stage.CALLABLE;
        private int arg;

        private enum Stage {
            CALLABLE,
            ARGS,
            KWARGS,
            MAKE,
            ITEMS,
            ENTRIES,
            STATE,
            BUILD,
            DONE
        }

        OfInstance(Instance instance) {
            this.instance = instance;
        }

        @Override
        boolean advance(PickleWriter writer) {
            stage = switch (stage) {
                case CALLABLE -> callable(writer);
                case ARGS -> args(writer);
                case KWARGS -> kwargs(writer);
                case MAKE -> make(writer);
                case ITEMS -> {
                    if (!instance.items().isEmpty()) {
                        writer.push(new Appends(instance.items(), false));
                    }
                    yield Stage.ENTRIES;
                }
                case ENTRIES -> {
                    if (!instance.entries().isEmpty()) {
                        writer.push(new SetItems(instance.entries(), false));
                    }
                    yield Stage.STATE;
                }
                case STATE -> {
                    Value state = instance.state();
                    if (state == null) {
                        yield Stage.DONE;
                    }
                    writer.save(state);
                    yield Stage.BUILD;
                }
                case BUILD -> {
                    writer.opcode(Opcode.BUILD);
                    yield Stage.DONE;
                }
                case DONE -> Stage.DONE;
            };
            return stage != Stage.DONE;
        }

        private Stage callable(PickleWriter writer) {
            switch (instance.how()) {
                case REDUCE, NEWOBJ -> writer.save(instance.callable());
                case NEWOBJ_EX -> {
                    writer.save(Instance.NEWOBJ_EX_CALLABLE);
                    if (!writer.shortTuples()) {
                        writer.opcode(Opcode.MARK);
                    }
                    writer.save(instance.callable());
                }
                case OBJ -> {
                    writer.opcode(Opcode.MARK);
                    writer.save(instance.callable());
                }
            }
            return Stage.ARGS;
        }

        private Stage args(PickleWriter writer) {
            return switch (instance.how()) {
                case REDUCE, NEWOBJ -> {
                    writer.save(instance.args());
                    yield Stage.MAKE;
                }
                case NEWOBJ_EX -> {
                    writer.save(instance.args());
                    yield Stage.KWARGS;
                }
                case OBJ -> {
                    List<Value> args = instance.args() instanceof PyTuple tuple ? tuple.items() : List.of();
                    if (arg == args.size()) {
                        yield make(writer);
                    }
                    writer.save(args.get(arg++));
                    yield Stage.ARGS;
                }
            };
        }

        private Stage kwargs(PickleWriter writer) {
            Value kwargs = instance.kwargs();
            writer.save(kwargs == null ? new PyDict() : kwargs);
            return Stage.MAKE;
        }

        private Stage make(PickleWriter writer) {
            switch (instance.how()) {
                case REDUCE -> writer.opcode(Opcode.REDUCE);
                case NEWOBJ -> writer.opcode(Opcode.NEWOBJ);
                case NEWOBJ_EX -> {
                    writer.opcode(writer.shortTuples() ? Opcode.TUPLE3 : Opcode.TUPLE);
                    writer.put(PyTuple.of(instance.callable(), instance.args()));
                    writer.opcode(Opcode.REDUCE);
                }
                case OBJ -> writer.opcode(Opcode.OBJ);
            }
            if (writer.isKnown(instance)) {
                writer.opcode(Opcode.POP);
                writer.getIfKnown(instance);
                return Stage.DONE;
            }
            writer.put(instance);
            return Stage.ITEMS;
        }
    }
}
