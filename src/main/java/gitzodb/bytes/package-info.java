/** Immutable bytes and a cursor over them: the ground that every binary format here stands on. */
@NullMarked
package gitzodb.bytes;

import org.jspecify.annotations.NullMarked;
