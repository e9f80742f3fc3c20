/** The graph of references, and the one home that each object has in the tree. */
@NullMarked
package gitzodb.graph;

import org.jspecify.annotations.NullMarked;
