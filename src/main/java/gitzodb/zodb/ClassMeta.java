package gitzodb.zodb;

import gitzodb.pickle.Value;
import org.jspecify.annotations.Nullable;

/**
 * The first pickle of a record: the class of the object, how it is spelled, and arguments for {@code __new__}
 * (zodb-formats §3.2).
 *
 * @param spelling how the class is written
 * @param cls the class: a {@link Value.Global} nearly always, a {@link Value.PersistentId} for a persistent class; for
 *     {@link Spelling#PAIR} and {@link Spelling#PAIR_ALONE} the Global made of the pair's two texts
 * @param args the second item of the class tuple where there is one ({@link Value#NONE} included), else null
 */
public record ClassMeta(
        Spelling spelling, Value cls, @Nullable Value args) {
    /** How the class is written in the record. */
    public enum Spelling {
        /** {@code GLOBAL}. */
        GLOBAL,
        /** {@code (GLOBAL, args)}. */
        TUPLE,
        /** {@code ((module, name), args)}; {@code args} may be None. */
        PAIR,
        /** {@code (module, name)} alone, as references of old databases have it. */
        PAIR_ALONE
    }

    public static ClassMeta of(ClassName name) {
        return new ClassMeta(Spelling.GLOBAL, name.global(), null);
    }

    /** Returns the name of the class; of a persistent class a name of our own, {@code gitzodb.persistent.class}. */
    public ClassName name() {
        return cls instanceof Value.Global global ? ClassName.of(global) : new ClassName("gitzodb.persistent", "class");
    }
}
