/**
 * Files that are whole or absent ({@link gitzodb.files.AtomicFile}), locks that other programs see
 * ({@link gitzodb.files.FileLock}), and folders in which no link leads elsewhere ({@link gitzodb.files.SafeFolder});
 * content too long for the memory ({@link gitzodb.files.Spool}).
 */
@NullMarked
package gitzodb.files;

import org.jspecify.annotations.NullMarked;
