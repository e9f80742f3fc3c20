package gitzodb.zodb;

import gitzodb.pickle.Value;
import java.util.List;

/**
 * One value that another one holds.
 *
 * @param steps how the holder leads to it; none if the holder's own steps stand for it too
 */
record Part(List<Step> steps, Value value, Role role) {
    /** What a value is to its holder: it decides which steps lead further. */
    enum Role {
        VALUE,
        STATE,
        ARGUMENTS
    }
}
