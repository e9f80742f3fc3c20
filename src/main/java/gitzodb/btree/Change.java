package gitzodb.btree;

import gitzodb.pickle.Value;

/** A change of one key of a tree. */
public sealed interface Change {
    Value key();

    /** The key is to have this entry, whether it is there now or not. */
    record Put(Entry entry) implements Change {
        @Override
        public Value key() {
            return entry.key();
        }
    }

    /** The key is to go; nothing happens if it is not there. */
    record Remove(Value key) implements Change {}
}
