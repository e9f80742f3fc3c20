/** The words of ZODB: object ids, transaction ids, records, references, and the contract of a storage. */
@NullMarked
package gitzodb.zodb;

import org.jspecify.annotations.NullMarked;
