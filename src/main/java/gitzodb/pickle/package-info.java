/** Pickles as data: the opcode stream, byte for byte, and the value graph, by meaning. */
@NullMarked
package gitzodb.pickle;

import org.jspecify.annotations.NullMarked;
