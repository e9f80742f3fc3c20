/**
 * FileStorage: {@code Data.fs}, its index and its blob directory (zodb-formats §1, §2). Start at
 * {@link gitzodb.filestorage.SiteLocation} for what a user names and at {@link gitzodb.filestorage.FileStorage} for a
 * path.
 *
 * <pre>
 * file        = magic transaction*                      magic: FS21 (Python 2) or FS30 (Python 3)
 * transaction = header user description extension record* length     status: ' ' 'p' 'c' 'u'
 * record      = header data | header back-pointer       prev leads to the revision before
 * </pre>
 *
 * The file only grows; a pack replaces it by another one. A snapshot is an open file, the end of the last transaction
 * seen in it and an index of what is before that end, so it stays what it is while Zope writes, packs or gives up a
 * transaction. What is after the end is not there yet: a transaction being written, or the rest of one that never was
 * finished. Bytes before the end that break the format are a
 * {@link gitzodb.zodb.CorruptStorageException} with file and position.
 *
 * <p>Writers exclude each other by {@code flock} on {@code Data.fs.lock}; readers take no lock.
 */
@NullMarked
package gitzodb.filestorage;

import org.jspecify.annotations.NullMarked;
