/** The use cases: bind, fetch, status, pull, push, reload, dump, load, verify. */
@NullMarked
package gitzodb.sync;

import org.jspecify.annotations.NullMarked;
