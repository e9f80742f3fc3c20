package gitzodb.load;

import gitzodb.bytes.Bytes;
import gitzodb.zodb.ClassName;

/**
 * One side of a possible rename: an own-file object that is gone, or one that is new.
 *
 * @param path its path from the root
 * @param content hash of its files, their names left out
 */
record Movable(String path, ClassName cls, Bytes content) {
    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
