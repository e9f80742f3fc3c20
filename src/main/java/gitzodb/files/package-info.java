/**
 * Files that are whole or absent ({@link gitzodb.files.AtomicFile}), locks that other programs see
 * ({@link gitzodb.files.FileLock}), and folders in which no link leads elsewhere ({@link gitzodb.files.SafeFolder}).
 */
@NullMarked
package gitzodb.files;

import org.jspecify.annotations.NullMarked;
